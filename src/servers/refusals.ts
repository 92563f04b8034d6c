import type { CompletionError, CompletionErrorKind } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'

/** What of a request a server will not have: the same without it may well be answered. */
export type Refusal = { suffix: true } | { field: string }

/**
 * Reads an error for what it refuses. Only what is in the request can be refused by it, and never
 * what no completion can do without. A value that is out of range is not a refusal: the user is to
 * hear of that.
 */
export function refusalOf(error: CompletionError, request: CompletionRequest): Refusal | null {
  if (!KINDS.has(error.kind)) return null
  const asked = OPTIONAL.filter((name) => request[name] !== undefined)
  const refused = namesIn(error).find((name) => asked.some((each) => each === name))
  if (refused === undefined) return null
  return refused === 'suffix' ? { suffix: true } : { field: refused }
}

/** `server`: llama.cpp refused with a 500, and some refuse within the stream. */
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

/** What is refused without its name */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  // llama.cpp's /infill: 501 by a model without FIM tokens; 404 where there is no such path
  [/Infill is not supported by this model/, 'suffix'],
  [/^File Not Found$/, 'suffix'],
  // Ollama, 400
  [/does not support insert/, 'suffix'],
  // llama.cpp before 2025-11-17, 500
  [/Only one completion choice is allowed/, 'n'],
  [/Only no echo is supported/, 'echo'],
  // llama.cpp 2026-09, 400: as many as it has slots, which is often one
  [/Field 'n': Value must be between/, 'n'],
]

/** What is refused by its name, or by a list of names: that is the group. */
const PATTERNS: readonly RegExp[] = [
  // OpenAI; "Unsupported param: suffix" of llama.cpp; "unknown field `seed`" of Rust and Go
  /unrecognized request arguments? supplied: ([\w, ]+)/i,
  /(?:unsupported|unknown|unrecognized|unexpected) (?:param(?:eter)?|argument|field|property|keyword argument)s?:? ?[`'"]?(\w+)/i,
  // vLLM's and TGI's suffix; "'n' greater than 1 is not supported"; "property 'seed' is unsupported"
  /(?:: |[`'"]|\b(?:param(?:eter)?|argument|field|property|option) )[`'"]?(\w+)[`'"]? (?:(?:param(?:eter)?|field|argument) )?(?:greater than 1 )?is (?:not (?:currently |yet )?(?:supported|allowed|permitted)|unsupported)/i,
  // LiteLLM: "… does not support parameters: ['seed'], for model=…"
  /does not support (?:the )?(?:param(?:eter)?s?|arguments?|fields?):? ?[[{(]?([\w, `'"]+)/i,
  // pydantic, as parse.ts words it; Fireworks; vLLM as Python prints it
  /(\w+): extra inputs are not permitted/i,
  /extra inputs are not permitted, field: [`'"]?(\w+)/i,
  /'loc': [[(]'body', '(\w+)'.*extra inputs are not permitted/i,
  // JSON schema
  /additional properties are not allowed \('(\w+)'/i,
]

/** What the field is called where its name is not the API's */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['input_suffix', 'suffix'],
  ['n_probs', 'logprobs'],
  ['random_seed', 'seed'],
  ['include_usage', 'stream_options'],
])

/** What errors say of the field that they name apart from their words */
const TOLD = /unsupported|unknown|unrecognized|not_supported|extra_forbidden/i

function namesIn({ said, code, type, param }: Told): string[] {
  const texts = TEXTS.flatMap(([text, name]) => (text.test(said) ? [name] : []))
  const named = PATTERNS.flatMap((pattern) => pattern.exec(`: ${said}`)?.[1]?.match(/\w+/g) ?? [])
  const told = TOLD.test(`${code} ${type}`) ? (param?.match(/\w+/g) ?? []) : []
  return [...texts, ...named, ...told].map((name) => {
    const lower = name.toLowerCase()
    return ALIASES.get(lower) ?? lower
  })
}

/** An error in the API's own terms; few servers give them all. */
interface Told {
  readonly said: string
  readonly code?: string | undefined
  readonly type?: string | undefined
  readonly param?: string | undefined
}
