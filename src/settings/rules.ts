import type { Expected } from '../completions/problems.ts'

/** What a setting may be: its default, a check, and the JSON schema of the manifest. */
export interface Rule<T> {
  readonly default: T
  /** For the error: what the value must be */
  readonly expected: Expected
  readonly schema: Readonly<Record<string, unknown>>
  allows(value: unknown): value is T
}

interface Bounds {
  minimum: number
  maximum?: number
}

export function text(byDefault: string): Rule<string> {
  return {
    default: byDefault,
    expected: { type: 'string' },
    schema: { type: 'string' },
    allows: (value) => typeof value === 'string',
  }
}

export function flag(byDefault: boolean): Rule<boolean> {
  return {
    default: byDefault,
    expected: { type: 'boolean' },
    schema: { type: 'boolean' },
    allows: (value) => typeof value === 'boolean',
  }
}

export function choice<T extends string>(values: readonly T[], byDefault: T): Rule<T> {
  return {
    default: byDefault,
    expected: { type: 'choice', values },
    schema: { type: 'string', enum: values },
    allows: (value): value is T => values.some((each) => each === value),
  }
}

export function number(byDefault: number, bounds: Bounds): Rule<number> {
  return {
    default: byDefault,
    expected: { type: 'number', ...bounds },
    schema: { type: 'number', ...bounds },
    allows: (value) => isNumber(value, bounds),
  }
}

export function integer(byDefault: number, bounds: Bounds): Rule<number> {
  return {
    default: byDefault,
    expected: { type: 'integer', ...bounds },
    schema: { type: 'integer', ...bounds },
    allows: (value): value is number => isNumber(value, bounds) && Number.isInteger(value),
  }
}

/** `null` is what means "not sent". */
export function optional<T>(
  rule: Omit<Rule<T>, 'default'>,
  byDefault: T | null = null,
): Rule<T | null> {
  return {
    default: byDefault,
    expected: { type: 'nullable', of: rule.expected },
    schema: { ...rule.schema, type: [rule.schema['type'], 'null'].flat() },
    allows: (value): value is T | null => value === null || rule.allows(value),
  }
}

/** One text, or up to so many. */
export function texts(maxItems: number): Omit<Rule<string | string[]>, 'default'> {
  return {
    expected: { type: 'string-or-list', maxItems },
    schema: { type: ['string', 'array'], items: { type: 'string' }, maxItems },
    allows: (value): value is string | string[] =>
      typeof value === 'string' || (isTexts(value) && value.length <= maxItems),
  }
}

/** Any number of texts, by default none */
export function list(): Rule<readonly string[]> {
  return {
    default: [],
    expected: { type: 'strings' },
    schema: { type: 'array', items: { type: 'string' } },
    allows: (value) => isTexts(value),
  }
}

export function record<T>(
  values: Omit<Rule<T>, 'default'>,
): Omit<Rule<Readonly<Record<string, T>>>, 'default'> {
  return {
    expected: { type: 'record', values: values.expected },
    schema: { type: 'object', additionalProperties: values.schema },
    allows: (value): value is Readonly<Record<string, T>> =>
      isObject(value) && Object.values(value).every((each) => values.allows(each)),
  }
}

export const anything: Omit<Rule<unknown>, 'default'> = {
  expected: { type: 'any' },
  schema: {},
  allows: (_value): _value is unknown => true,
}

function isNumber(value: unknown, { minimum, maximum = Infinity }: Bounds): value is number {
  return typeof value === 'number' && value >= minimum && value <= maximum && value < Infinity
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
