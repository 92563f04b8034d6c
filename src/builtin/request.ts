import { randomInt } from 'node:crypto'
import { ApiError, invalid } from './apiError.ts'
import type { Sampling } from './sample.ts'

type Prompt = string | readonly number[]

/** A completion request that has been checked. */
export interface CompletionRequest extends Sampling {
  /** `n` choices are made for each, in this order. */
  readonly prompts: readonly Prompt[]
  readonly suffix: string
  readonly max_tokens: number
  readonly n: number
  /** At least n. */
  readonly best_of: number
  readonly stream: boolean
  readonly include_usage: boolean
  readonly logprobs: number | undefined
  readonly stop: readonly string[]
  readonly echo: boolean
  readonly seed: number
}

/** Choices and candidates of one request. */
const mostCandidates = 1024
const mostTokens = 65_536
/** Characters of all prompts and the suffix. */
const mostText = 4_000_000

/**
 * Checks the body of `POST /completions`. Fields it does not know are ignored, as the API does.
 * @param model the id of the one model there is
 * @param vocabularySize ids of tokens are below it
 * @throws {ApiError} 400 with the `param` that is wrong; 404 for another model
 */
export function parseRequest(
  body: unknown,
  model: string,
  vocabularySize: number,
): CompletionRequest {
  if (!isFields(body)) throw new ApiError(400, 'The body must be a JSON object.')
  const fields = read(body)
  const asked = fields.string('model')
  if (asked !== undefined && asked !== '' && asked !== model) {
    const message = `The model '${asked}' does not exist. The model here is '${model}'.`
    throw new ApiError(404, message, { param: 'model', code: 'model_not_found' })
  }
  fields.string('user')
  const stream = fields.boolean('stream') ?? false
  const n = fields.integer('n', 1, 128) ?? 1
  return {
    ...parseBestOf(fields.integer('best_of', 0, 20), n, stream),
    ...parseTexts(body, fields, Math.max(n, 1), vocabularySize),
    // "The maximum number of tokens that can be generated in the completion." Defaults to 16.
    max_tokens: fields.integer('max_tokens', 0, mostTokens) ?? 16,
    n,
    stream,
    include_usage: parseIncludeUsage(fields.fields('stream_options'), stream),
    logprobs: fields.integer('logprobs', 0, 5),
    stop: parseStop(body['stop'] ?? []),
    echo: fields.boolean('echo') ?? false,
    seed:
      fields.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ??
      randomInt(2 ** 32),
    temperature: fields.number('temperature', 0, 2) ?? 1,
    top_p: fields.number('top_p', 0, 1) ?? 1,
    presence_penalty: fields.number('presence_penalty', -2, 2) ?? 0,
    frequency_penalty: fields.number('frequency_penalty', -2, 2) ?? 0,
    logit_bias: parseBias(fields.fields('logit_bias') ?? {}, vocabularySize),
  }
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const between =
  (least: number, most: number) =>
  (value: unknown): value is number =>
    typeof value === 'number' && value >= least && value <= most
const whole =
  (least: number, most: number) =>
  (value: unknown): value is number =>
    Number.isSafeInteger(value) && between(least, most)(value)

/** Reads optional fields. The API takes null for "not given" in each of them. */
function read(body: Fields) {
  function field<T>(name: string, is: (value: unknown) => value is T, what: string): T | undefined {
    const value = body[name] ?? undefined
    if (value === undefined || is(value)) return value
    throw invalid(name, `must be ${what}.`)
  }
  return {
    string: (name: string) => field(name, (value) => typeof value === 'string', 'a string'),
    boolean: (name: string) => field(name, (value) => typeof value === 'boolean', 'true or false'),
    fields: (name: string) => field(name, isFields, 'an object'),
    number: (name: string, least: number, most: number) =>
      field(name, between(least, most), `a number from ${least} to ${most}`),
    integer: (name: string, least: number, most: number) =>
      field(name, whole(least, most), `an integer from ${least} to ${most}`),
  }
}

/** "When used with n, best_of must be greater than n"; "results cannot be streamed". */
function parseBestOf(value: number | undefined, n: number, stream: boolean): { best_of: number } {
  // One of one is the default, which clients send as well.
  if (value === undefined || (value <= 1 && n === 1)) return { best_of: n }
  if (stream) throw invalid('best_of', "cannot be used when 'stream' is true.")
  if (value <= n) throw invalid('best_of', "must be greater than 'n'.")
  return { best_of: value }
}

function parseTexts(
  body: Fields,
  fields: ReturnType<typeof read>,
  candidates: number,
  vocabularySize: number,
): { prompts: readonly Prompt[]; suffix: string } {
  // "Note that <|endoftext|> is the document separator", and the default: no text at all.
  const prompts = promptsIn(body['prompt'] ?? '')
  const suffix = fields.string('suffix') ?? ''
  if (prompts === undefined) {
    throw invalid(
      'prompt',
      'must be a string, token ids, or an array of strings or of arrays of token ids.',
    )
  }
  const isKnown = (id: number): boolean => Number.isInteger(id) && id >= 0 && id < vocabularySize
  if (!prompts.every((prompt) => typeof prompt === 'string' || prompt.every(isKnown))) {
    throw invalid('prompt', `has a token id that is not one of 0 to ${vocabularySize - 1}.`)
  }
  if (prompts.length === 0 || prompts.length * candidates > mostCandidates) {
    throw invalid('prompt', `must be one or more texts, and ${mostCandidates} choices at most.`)
  }
  const length = prompts.reduce((sum, { length: each }) => sum + each + suffix.length, 0)
  if (length > mostText) {
    const message = `The maximum context length is ${mostText} characters, and there are ${length}.`
    throw new ApiError(400, message, { param: 'prompt', code: 'context_length_exceeded' })
  }
  return { prompts, suffix }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isId = (value: unknown): value is number => typeof value === 'number'
const isIds = (value: unknown): value is number[] => Array.isArray(value) && value.every(isId)

/** One text or several, each as a string or as the ids of its tokens. */
function promptsIn(value: unknown): readonly Prompt[] | undefined {
  if (isText(value)) return [value]
  if (!Array.isArray(value)) return undefined
  if (value.length > 0 && value.every(isId)) return [value]
  return value.every(isText) || value.every(isIds) ? value : undefined
}

/** "Only set this when you set stream: true." */
function parseIncludeUsage(options: Fields | undefined, stream: boolean): boolean {
  if (options === undefined) return false
  if (!stream) throw invalid('stream_options', "is only allowed when 'stream' is true.")
  return read(options).boolean('include_usage') ?? false
}

/** "Up to 4 sequences where the API will stop generating further tokens." */
function parseStop(value: unknown): readonly string[] {
  const stop: unknown = typeof value === 'string' ? [value] : value
  if (!Array.isArray(stop) || stop.length > 4 || !stop.every((each) => typeof each === 'string')) {
    throw invalid('stop', 'must be a string or an array of 4 strings at most.')
  }
  // An empty string is found everywhere and would end every completion before it began.
  return stop.filter((each) => each !== '')
}

function parseBias(fields: Fields, vocabularySize: number): ReadonlyMap<number, number> {
  const bias = new Map<number, number>()
  for (const [id, value] of Object.entries(fields)) {
    const isToken = /^\d+$/.test(id) && Number(id) < vocabularySize
    if (!isToken || typeof value !== 'number' || Math.abs(value) > 100) {
      throw invalid(
        'logit_bias',
        `must map token ids (0 to ${vocabularySize - 1}) to numbers from -100 to 100.`,
      )
    }
    bias.set(Number(id), value)
  }
  return bias
}
