import { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'
import { SERVER_IDS } from '../servers/profile.ts'
import { pathOf, selectedProfile, withProfile } from './profiles.ts'
import { perFolder, perLanguage, perUser, restricted, type Rule } from './rules.ts'
import {
  any,
  boolean,
  choice,
  integer,
  nullable,
  number,
  record,
  shape,
  string,
  stringOrList,
  strings,
} from './valueTypes.ts'

const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number

/**
 * Every setting, by its name without the prefix `infill.`: in the groups and the order of VS Code's
 * settings editor. Descriptions are in `reference/descriptions.ts`, which is not part of the bundle.
 *
 * `npm run generate` writes the settings in package.json and README.md from both.
 */
export const GROUPS = {
  Connection: {
    /** `builtin`, or a base URL; see `baseUrl` */
    endpoint: restricted(perFolder(string, 'builtin')),
    server: restricted(perFolder(choice(['auto', ...SERVER_IDS]), 'auto')),
    /** Empty: the server's default */
    model: perFolder(string, ''),
    headers: restricted(perFolder(record(string), {})),
    'http.client': restricted(perFolder(choice(['undici', 'vscode']), 'undici')),
    /** Path of a PEM file; empty: none */
    'http.caFile': restricted(perFolder(string, '')),
    /** Seconds; 0: no timeout */
    firstTokenTimeout: perFolder(number(0), 60),
    /** Seconds; 0: no timeout */
    idleTimeout: perFolder(number(0), 30),
    maxRetries: perFolder(integer(0, 10), 2),
  },
  Profiles: {
    /** The name of the profile in force; empty: none */
    profile: restricted(perLanguage(string, '')),
    /** Settings by name without `infill.`, for each profile */
    profiles: restricted(perFolder(record(record(any)), {})),
  },
  // Bounds are those of the API reference. A field that is `null` is not sent.
  Request: {
    maxTokens: perLanguage(integer(0), 256),
    temperature: perLanguage(nullable(number(0, 2)), 0.2),
    topP: perLanguage(nullable(number(0, 1)), null),
    n: perLanguage(nullable(integer(1, 128)), null),
    bestOf: perLanguage(nullable(integer(0, 20)), null),
    stream: perLanguage(boolean, true),
    logprobs: perLanguage(nullable(integer(0, 5)), null),
    echo: perLanguage(nullable(boolean), null),
    stop: perLanguage(nullable(stringOrList(4)), null),
    presencePenalty: perLanguage(nullable(number(-2, 2)), null),
    frequencyPenalty: perLanguage(nullable(number(-2, 2)), null),
    logitBias: perLanguage(nullable(record(number(-100, 100))), null),
    seed: perLanguage(nullable(integer(MIN_SAFE_INTEGER, MAX_SAFE_INTEGER)), null),
    user: perLanguage(nullable(string), null),
    extraBody: restricted(perLanguage(record(any), {})),
  },
  Context: {
    /** For prompt and suffix together */
    contextTokens: perLanguage(integer(16), 4096),
    /** The prompt's share of `contextTokens` */
    prefixShare: perLanguage(number(0, 1), 0.75),
    suffix: perLanguage(choice(['auto', 'field', 'template', 'off', 'chat']), 'auto'),
    /** `auto`, or the id of a FIM template */
    template: perLanguage(string, 'auto'),
    /** What is sent of other files: nothing, of open ones, or also definitions of what is used */
    'context.files': perLanguage(choice(['off', 'open', 'project']), 'open'),
    /** The share of `contextTokens` for other files */
    'context.share': perLanguage(number(0, 0.9), 0.25),
    /** Globs of files that are never sent */
    exclude: perFolder(strings, []),
  },
  Insertion: {
    /** What is done with inserted text, where VS Code's own settings do it */
    afterInsert: perLanguage(choice(['none', 'organizeImports', 'format']), 'none'),
  },
  'Built-in': {
    /** The least probability of a token; 0: any */
    'builtin.confidence': perLanguage(number(0, 1), 0.9),
  },
  Usage: {
    /** Model, or a pattern with `*` → dollars per million tokens */
    prices: perUser(
      record(shape({ input: number(0), output: number(0) }, { cachedInput: number(0) })),
      {},
    ),
    /** Dollars; 0: no budget */
    monthlyBudget: perUser(number(0), 0),
  },
}

export const RULES = {
  ...GROUPS.Connection,
  ...GROUPS.Profiles,
  ...GROUPS.Request,
  ...GROUPS.Context,
  ...GROUPS.Insertion,
  ...GROUPS['Built-in'],
  ...GROUPS.Usage,
}

/** The value of every setting, by its name without the prefix `infill.`. */
export type Settings = {
  [Name in keyof typeof RULES]: (typeof RULES)[Name] extends Rule<infer T> ? T : never
} & {
  /** The names of the connection settings that the workspace changes: the user has to confirm them once. */
  readonly workspaceChanges?: () => readonly string[]
}

/**
 * Reads and checks every setting. The values of the selected profile come in place of the others.
 *
 * @param read returns the configured value of a setting, or `undefined` if it is not configured
 * @throws CompletionError `invalid_request` with the name of the setting: a default in place of an
 *   invalid value could send text where the user does not want it
 */
export function parseSettings(read: (name: string) => unknown): Settings {
  const own = selectedProfile(read) ?? {}
  const readAny = withProfile(read, Object.keys(RULES))
  const entries = Object.entries<Rule<unknown>>(RULES).map(([name, rule]) => {
    const value = readAny(name)
    const path = Object.hasOwn(own, name) ? pathOf(String(read('profile')), name) : `infill.${name}`
    return [name, value === undefined ? rule.default : checked(path, value, rule)]
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
    name,
    expected,
    value: JSON.stringify(value),
  })
}

/** API reference: "best_of must be greater than n". */
function checkConflicts({ bestOf, n }: Settings): void {
  if (bestOf !== null && n !== null && bestOf <= n) {
    throw invalid({ id: 'bestOfNotGreater', bestOf, n })
  }
}

function invalid(problem: Problem): CompletionError {
  return new CompletionError('invalid_request', problem)
}
