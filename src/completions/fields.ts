/** Reads JSON from the wire field by field. A value of another type is `null`. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function string(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function list<T>(value: unknown, parse: (each: unknown) => T): T[] {
  return Array.isArray(value) ? value.map((each: unknown) => parse(each)) : []
}

/** Returns the fields that are numbers. */
export function numbers(value: Fields): Record<string, number> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const parsed = number(each)
      return parsed === null ? [] : [[name, parsed]]
    }),
  )
}
