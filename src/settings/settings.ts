import { CompletionError } from '../completions/errors.ts'

/** Every setting of Infill, by its name without the prefix `infill.`. */
export interface Settings {
  /** `"builtin"`, or the base URL that `/completions` is added to */
  endpoint: string
  /** Empty: the server's own choice */
  model: string
  /** `max_tokens` */
  maxTokens: number
  /** `null`: not sent */
  temperature: number | null
  /** For prompt and suffix together */
  contextTokens: number
  /** The prompt's share of them, 0…1 */
  prefixShare: number
  /** Seconds */
  firstTokenTimeout: number
  /** Seconds */
  idleTimeout: number
}

/** One setting: its default, and what it may be. The manifest says the same; a test compares them. */
export interface Rule<T> {
  readonly default: T
  readonly type: 'string' | 'number' | 'integer'
  readonly minimum?: number
  readonly maximum?: number
  readonly nullable?: boolean
}

type Rules = { readonly [K in keyof Settings]: Rule<Settings[K]> }

export const RULES: Rules = {
  endpoint: { type: 'string', default: 'builtin' },
  model: { type: 'string', default: '' },
  maxTokens: { type: 'integer', default: 256, minimum: 0 },
  temperature: { type: 'number', default: 0.2, minimum: 0, maximum: 2, nullable: true },
  contextTokens: { type: 'integer', default: 4096, minimum: 16 },
  prefixShare: { type: 'number', default: 0.75, minimum: 0, maximum: 1 },
  firstTokenTimeout: { type: 'number', default: 60, minimum: 0 },
  idleTimeout: { type: 'number', default: 30, minimum: 0 },
}

/**
 * Reads every setting through `read`, which gives what the user's files say or `undefined`.
 *
 * @throws CompletionError `invalid_request` that names the setting: to go on with another value than
 *   the user's would be to guess
 */
export function parseSettings(read: (name: keyof Settings) => unknown): Settings {
  return {
    endpoint: parse('endpoint', read),
    model: parse('model', read),
    maxTokens: parse('maxTokens', read),
    temperature: parse('temperature', read),
    contextTokens: parse('contextTokens', read),
    prefixShare: parse('prefixShare', read),
    firstTokenTimeout: parse('firstTokenTimeout', read),
    idleTimeout: parse('idleTimeout', read),
  }
}

function parse<K extends keyof Settings>(
  name: K,
  read: (name: keyof Settings) => unknown,
): Settings[K] {
  const rule: Rule<Settings[K]> = RULES[name]
  const value = read(name)
  if (value === undefined) return rule.default
  if (isAllowed(value, rule)) return value
  throw new CompletionError(
    'invalid_request',
    `The setting infill.${name} must be ${describe(rule)}; it is ${JSON.stringify(value)}.`,
  )
}

function isAllowed<T>(value: unknown, rule: Rule<T>): value is T {
  if (value === null) return rule.nullable === true
  if (rule.type === 'string') return typeof value === 'string'
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (rule.type === 'integer' && !Number.isInteger(value)) return false
  return value >= (rule.minimum ?? -Infinity) && value <= (rule.maximum ?? Infinity)
}

function describe({ type, minimum, maximum, nullable }: Rule<unknown>): string {
  const kind = { string: 'a text', number: 'a number', integer: 'a whole number' }[type]
  const range =
    minimum === undefined
      ? ''
      : maximum === undefined
        ? ` ≥ ${minimum}`
        : ` from ${minimum} to ${maximum}`
  return `${kind}${range}${nullable === true ? ' or null' : ''}`
}
