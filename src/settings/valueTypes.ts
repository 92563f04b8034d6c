import type { Expected } from '../completions/problems.ts'

/** The type of a value: a description of it as data, and the check. */
export interface ValueType<T> {
  readonly expected: Expected
  allows(value: unknown): value is T
}

export const any: ValueType<unknown> = {
  expected: { type: 'any' },
  allows: (_value): _value is unknown => true,
}

export const string: ValueType<string> = {
  expected: { type: 'string' },
  allows: (value) => typeof value === 'string',
}

export const boolean: ValueType<boolean> = {
  expected: { type: 'boolean' },
  allows: (value) => typeof value === 'boolean',
}

/** A finite number. Both bounds are inclusive. */
export function number(minimum: number, maximum?: number): ValueType<number> {
  return {
    expected: { type: 'number', ...bounds(minimum, maximum) },
    allows: (value) => isNumber(value, minimum, maximum),
  }
}

/** Both bounds are inclusive. */
export function integer(minimum: number, maximum?: number): ValueType<number> {
  return {
    expected: { type: 'integer', ...bounds(minimum, maximum) },
    allows: (value): value is number =>
      isNumber(value, minimum, maximum) && Number.isInteger(value),
  }
}

export function choice<const T extends string>(values: readonly T[]): ValueType<T> {
  return {
    expected: { type: 'choice', values },
    allows: (value): value is T => values.some((each) => each === value),
  }
}

export const strings: ValueType<readonly string[]> = {
  expected: { type: 'strings' },
  allows: (value) => isStrings(value),
}

/** One string, or a list of at most `maxItems` strings */
export function stringOrList(maxItems: number): ValueType<string | string[]> {
  return {
    expected: { type: 'string-or-list', maxItems },
    allows: (value): value is string | string[] =>
      typeof value === 'string' || (isStrings(value) && value.length <= maxItems),
  }
}

export function record<T>(values: ValueType<T>): ValueType<Readonly<Record<string, T>>> {
  return {
    expected: { type: 'record', values: values.expected },
    allows: (value): value is Readonly<Record<string, T>> =>
      isObject(value) && Object.values(value).every((each) => values.allows(each)),
  }
}

/** An object with these fields and no others. */
export function shape<Required extends Types, Optional extends Types>(
  required: Required,
  optional: Optional,
): ValueType<Shape<Required, Optional>> {
  const types: Types = { ...required, ...optional }
  return {
    expected: {
      type: 'object',
      fields: Object.fromEntries(
        Object.entries(types).map(([name, { expected }]) => [name, expected]),
      ),
      required: Object.keys(required),
    },
    allows: (value): value is Shape<Required, Optional> =>
      isObject(value) &&
      Object.keys(required).every((name) => name in value) &&
      Object.entries(value).every(([name, each]) => types[name]?.allows(each) === true),
  }
}

type Types = Readonly<Record<string, ValueType<unknown>>>

type Shape<Required extends Types, Optional extends Types> = {
  readonly [Name in keyof Required]: Of<Required[Name]>
} & { readonly [Name in keyof Optional]?: Of<Optional[Name]> }

type Of<Type> = Type extends ValueType<infer T> ? T : never

export function nullable<T>(type: ValueType<T>): ValueType<T | null> {
  return {
    expected: { type: 'nullable', of: type.expected },
    allows: (value): value is T | null => value === null || type.allows(value),
  }
}

function bounds(minimum: number, maximum: number | undefined) {
  return maximum === undefined ? { minimum } : { minimum, maximum }
}

function isNumber(value: unknown, minimum: number, maximum = Infinity): value is number {
  return Number.isFinite(value) && Number(value) >= minimum && Number(value) <= maximum
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
