import type { CompletionError, CompletionErrorKind } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'

/** A part of a request that the server refuses. The request may succeed without it. */
export type Refusal = { suffix: true } | { field: string }

/**
 * Finds the field that an error response refuses. Only optional fields that the request contains
 * count. A value out of range is not a refusal of a field that the user has set: the user has to see
 * that error.
 *
 * @param isSet whether the user has set a field
 */
export function refusalOf(
  error: CompletionError,
  request: CompletionRequest,
  isSet: (field: string) => boolean = () => true,
): Refusal | null {
  if (!KINDS.has(error.kind) || MODEL.test(error.said)) return null
  const sent = OPTIONAL.filter((name) => request[name] !== undefined)
  const refused =
    namesIn(error).find((name) => sent.some((each) => each === name)) ??
    (STATUSES.has(error.status ?? 0) ? namedIn(error.said, sent, isSet) : undefined)
  if (refused === undefined) return null
  return refused === 'suffix' ? { suffix: true } : { field: refused }
}

/** `server`: llama.cpp refused with status 500, and some servers refuse within the stream. */
const KINDS: ReadonlySet<CompletionErrorKind> = new Set(['rejected', 'server', 'not_found'])

const OPTIONAL = [
  'suffix',
  'stream_options',
  'temperature',
  'top_p',
  'n',
  'best_of',
  'logprobs',
  'echo',
  'stop',
  'presence_penalty',
  'frequency_penalty',
  'logit_bias',
  'seed',
  'user',
] as const satisfies readonly (keyof CompletionRequest)[]

/** Statuses whose message is about the request */
const STATUSES: ReadonlySet<number> = new Set([400, 404, 422, 501])

/** Names that are also words: they count where they are marked as names. */
const WORDS: ReadonlySet<string> = new Set([
  'n',
  'stop',
  'user',
  'echo',
  'seed',
  'suffix',
  'temperature',
])

/** A message about a value, not about the field */
const VALUE =
  /must be|should be|less than|greater than|at (least|most)|between|out of range|m(in|ax)imum|invalid value|too (large|small|high|low|long|many)|exceed|above|below|expected an? |required|missing/i

/** A message about the model */
const MODEL = /\bmodels?\b.{0,40}(not exist|not found|unknown|not supported|not available)/i

/** The first field that a message names, in whatever words */
function namedIn(
  said: string,
  sent: readonly string[],
  isSet: (field: string) => boolean,
): string | undefined {
  const names = [...ALIASES].flatMap(([alias, name]) =>
    sent.includes(name) ? [[alias, name]] : [],
  )
  const all = [...sent.map((name) => [name, name]), ...names]
  const [, found] = all.find(([alias = '']) => isNamed(said, alias)) ?? []
  return found !== undefined && VALUE.test(said) && isSet(found) ? undefined : found
}

function isNamed(said: string, name: string): boolean {
  if (!WORDS.has(name)) return new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(said)
  const kind = '(?:param(?:eter)?|field|argument|property|option|key|attribute)s?'
  const marked = [
    // `seed`, "seed", «seed», ['seed']
    `[\`'"“‘«„]\\s?${name}\\s?[\`'"”’»“]`,
    // /seed, body.seed, #/seed
    `(?:^|[\\s#("'])(?:body|request|payload|input)?[./]${name}(?![\\w./-])`,
    // parameter seed, parameters: seed, n
    `${kind}(?: supplied)?:? (?:[\\w, ]*, ?)?${name}(?![\\w-])`,
    // seed parameter, "seed: extra inputs"
    `(?<![\\w-])${name}(?: ${kind}|: )`,
    // stop is not supported
    `(?<![\\w-])${name} (?:is|are) (?:not|un)`,
  ]
  return new RegExp(marked.join('|'), 'i').test(said)
}

/** Messages that refuse a field without its name */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  // llama.cpp's /infill: 501 for a model without FIM tokens; 404 where the path does not exist
  [/Infill is not supported by this model/, 'suffix'],
  [/^File Not Found$/, 'suffix'],
  // Ollama, 400
  [/does not support insert/, 'suffix'],
  // llama.cpp before 2025-11-17, 500
  [/Only one completion choice is allowed/, 'n'],
  [/Only no echo is supported/, 'echo'],
  // llama.cpp 2026-09, 400: at most its number of slots, which is often one
  [/Field 'n': Value must be between/, 'n'],
]

/** Messages that refuse a field by name. The group is the name, or a list of names. */
const PATTERNS: readonly RegExp[] = [
  // OpenAI; "Unsupported param: suffix" of llama.cpp; "unknown field `seed`" of Rust and Go
  /unrecognized request arguments? supplied: ([\w, ]+)/i,
  /(?:unsupported|unknown|unrecognized|unexpected) (?:param(?:eter)?|argument|field|property|keyword argument)s?:? ?[`'"]?(\w+)/i,
  // vLLM's and TGI's suffix; "'n' greater than 1 is not supported"; "property 'seed' is unsupported"
  /(?:: |[`'"]|\b(?:param(?:eter)?|argument|field|property|option) )[`'"]?(\w+)[`'"]? (?:(?:param(?:eter)?|field|argument) )?(?:greater than 1 )?is (?:not (?:currently |yet )?(?:supported|allowed|permitted)|unsupported)/i,
  // LiteLLM: "… does not support parameters: ['seed'], for model=…"
  /does not support (?:the )?(?:param(?:eter)?s?|arguments?|fields?):? ?[[{(]?([\w, `'"]+)/i,
  // pydantic, as `parse.ts` formats it; Fireworks; vLLM as Python prints it
  /(\w+): extra inputs are not permitted/i,
  /extra inputs are not permitted, field: [`'"]?(\w+)/i,
  /'loc': [[(]'body', '(\w+)'.*extra inputs are not permitted/i,
  // JSON schema
  /additional properties are not allowed \('(\w+)'/i,
]

/** Names of fields in other APIs → name in the completions API */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['input_suffix', 'suffix'],
  ['n_probs', 'logprobs'],
  ['top_logprobs', 'logprobs'],
  ['random_seed', 'seed'],
  ['include_usage', 'stream_options'],
])

/** Values of `code` and `type` that mean that `param` is refused */
const REFUSING_CODES = /unsupported|unknown|unrecognized|not_supported|extra_forbidden/i

function namesIn({ said, code, type, param }: ServerError): string[] {
  const byMessage = MESSAGES.flatMap(([message, name]) => (message.test(said) ? [name] : []))
  const byPattern = PATTERNS.flatMap(
    (pattern) => pattern.exec(`: ${said}`)?.[1]?.match(/\w+/g) ?? [],
  )
  const byCode = REFUSING_CODES.test(`${code} ${type}`) ? (param?.match(/\w+/g) ?? []) : []
  return [...byMessage, ...byPattern, ...byCode].map((name) => {
    const lower = name.toLowerCase()
    return ALIASES.get(lower) ?? lower
  })
}

/** The API's error object. Few servers send every field. */
interface ServerError {
  readonly said: string
  readonly code?: string | undefined
  readonly type?: string | undefined
  readonly param?: string | undefined
}
