import { ApiError } from './apiError.ts'

export type Fields = Readonly<Record<string, unknown>>

/** A 400 that names the field. */
export function invalid(param: string, message: string): ApiError {
  return new ApiError(400, `'${param}' ${message}`, { param })
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The API takes null for "not given" in every optional field. */
function given(fields: Fields, name: string): unknown {
  return fields[name] ?? undefined
}

export function optionalString(fields: Fields, name: string): string | undefined {
  const value = given(fields, name)
  if (value === undefined || typeof value === 'string') return value
  throw invalid(name, 'must be a string.')
}

export function optionalBoolean(fields: Fields, name: string): boolean | undefined {
  const value = given(fields, name)
  if (value === undefined || typeof value === 'boolean') return value
  throw invalid(name, 'must be true or false.')
}

export function optionalNumber(
  fields: Fields,
  name: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const value = given(fields, name)
  if (value === undefined) return undefined
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw invalid(name, `must be a number from ${least} to ${most}.`)
}

export function optionalInteger(
  fields: Fields,
  name: string,
  [least, most]: readonly [number, number],
): number | undefined {
  const value = given(fields, name)
  if (value === undefined) return undefined
  if (Number.isSafeInteger(value)) return optionalNumber(fields, name, [least, most])
  throw invalid(name, `must be an integer from ${least} to ${most}.`)
}

export function optionalFields(fields: Fields, name: string): Fields | undefined {
  const value = given(fields, name)
  if (value === undefined || isFields(value)) return value
  throw invalid(name, 'must be an object.')
}

/** One string or an array of them. */
export function optionalStrings(fields: Fields, name: string): readonly string[] | undefined {
  const value = given(fields, name)
  if (value === undefined) return undefined
  if (typeof value === 'string') return [value]
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  throw invalid(name, 'must be a string or an array of strings.')
}
