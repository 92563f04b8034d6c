import { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'
import { SERVER_IDS, type ServerId, type SuffixMode } from '../servers/profile.ts'
import {
  anything,
  choice,
  flag,
  integer,
  list,
  number,
  optional,
  record,
  text,
  texts,
  type Rule,
} from './rules.ts'

/** Every setting of Infill, by its name without the prefix `infill.`. */
export interface Settings {
  /** `"builtin"`, or the base URL that `/completions` is added to */
  endpoint: string
  server: 'auto' | ServerId
  /** Empty: the server's own choice */
  model: string
  headers: Readonly<Record<string, string>>
  'http.client': 'undici' | 'vscode'
  'http.caFile': string
  /** Seconds */
  firstTokenTimeout: number
  /** Seconds */
  idleTimeout: number
  maxRetries: number

  // The fields of the request; null: not sent
  maxTokens: number
  temperature: number | null
  topP: number | null
  n: number | null
  bestOf: number | null
  stream: boolean
  logprobs: number | null
  echo: boolean | null
  stop: string | string[] | null
  presencePenalty: number | null
  frequencyPenalty: number | null
  logitBias: Readonly<Record<string, number>> | null
  seed: number | null
  user: string | null
  extraBody: Readonly<Record<string, unknown>>

  /** For prompt and suffix together */
  contextTokens: number
  /** The prompt's share of them, 0…1 */
  prefixShare: number
  suffix: 'auto' | SuffixMode
  /** `auto`, or a family of FIM templates */
  template: string
  /** Globs of files of which nothing is sent */
  exclude: readonly string[]
}

const bounds = (minimum: number, maximum: number) => ({ minimum, maximum })
const SECONDS = { minimum: 0 }

/** What each may be. The manifest says the same, and a test compares the two. */
export const RULES: { readonly [K in keyof Settings]: Rule<Settings[K]> } = {
  endpoint: text('builtin'),
  server: choice(['auto', ...SERVER_IDS], 'auto'),
  model: text(''),
  headers: { ...record(text('')), default: {} },
  'http.client': choice(['undici', 'vscode'], 'undici'),
  'http.caFile': text(''),
  firstTokenTimeout: number(60, SECONDS),
  idleTimeout: number(30, SECONDS),
  maxRetries: integer(2, bounds(0, 10)),

  maxTokens: integer(256, { minimum: 0 }),
  temperature: optional(number(0, bounds(0, 2)), 0.2),
  topP: optional(number(1, bounds(0, 1))),
  n: optional(integer(1, bounds(1, 128))),
  bestOf: optional(integer(1, bounds(0, 20))),
  stream: flag(true),
  logprobs: optional(integer(0, bounds(0, 5))),
  echo: optional(flag(false)),
  stop: optional(texts(4)),
  presencePenalty: optional(number(0, bounds(-2, 2))),
  frequencyPenalty: optional(number(0, bounds(-2, 2))),
  logitBias: optional(record(number(0, bounds(-100, 100)))),
  seed: optional(integer(0, bounds(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))),
  user: optional(text('')),
  extraBody: { ...record(anything), default: {} },

  contextTokens: integer(4096, { minimum: 16 }),
  prefixShare: number(0.75, bounds(0, 1)),
  suffix: choice(['auto', 'field', 'template', 'off'], 'auto'),
  template: text('auto'),
  exclude: list(),
}

/**
 * Reads every setting through `read`, which gives what the user's files say or `undefined`.
 *
 * @throws CompletionError `invalid_request` that names the setting: to go on with another value than
 *   the user's would be to guess
 */
export function parseSettings(read: (name: string) => unknown): Settings {
  const entries = Object.entries<Rule<unknown>>(RULES).map(([name, rule]) => {
    const value = read(name)
    return [name, value === undefined ? rule.default : checked(name, value, rule)]
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one checked entry for each rule
  const settings = Object.fromEntries(entries) as Settings
  checkConflicts(settings)
  return settings
}

function checked(name: string, value: unknown, rule: Rule<unknown>): unknown {
  if (rule.allows(value)) return value
  const { expected } = rule
  throw invalid({
    id: 'invalidSetting',
    name: `infill.${name}`,
    expected,
    value: JSON.stringify(value),
  })
}

/** "best_of must be greater than n", says the API reference of the two. */
function checkConflicts({ bestOf, n }: Settings): void {
  if (bestOf !== null && n !== null && bestOf <= n) {
    throw invalid({ id: 'bestOfNotGreater', bestOf, n })
  }
}

function invalid(problem: Problem): CompletionError {
  return new CompletionError('invalid_request', problem)
}
