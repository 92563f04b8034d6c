import { randomInt } from 'node:crypto'
import { ApiError, invalid } from './apiError.ts'

/** A validated completion request with defaults */
export type CompletionRequest = ReturnType<typeof parseRequest>

/** Maximum number of choices of one request, including candidates for `best_of` */
const MAX_CANDIDATES = 1024
/** Maximum of `max_tokens` */
const MAX_TOKENS = 65_536
/** Maximum number of characters of all prompts, each with the suffix */
const MAX_CHARACTERS = 4_000_000

/**
 * Validates the body of `POST /completions`. Unknown fields are ignored, as in the API.
 * @param model the id of the only model
 * @param vocabularySize upper bound of token ids, exclusive
 * @throws {ApiError} 400 with the invalid `param`; 404 for another model
 */
export function parseRequest(body: unknown, model: string, vocabularySize: number) {
  if (!isFields(body)) throw new ApiError(400, 'The body must be a JSON object.')
  const asked = field(body, 'model', string, '') || model
  if (asked !== model) {
    const message = `The model '${asked}' does not exist. The model here is '${model}'.`
    throw new ApiError(404, message, 'model', 'model_not_found')
  }
  field(body, 'user', string, '')
  const stream = field(body, 'stream', flag, false)
  const options = field(body, 'stream_options', fields, undefined)
  // "Only set this when you set stream: true."
  if (options && !stream) throw invalid('stream_options', "is only allowed when 'stream' is true.")
  const n = field(body, 'n', integer(1, 128), 1)
  const best = field(body, 'best_of', integer(0, 20), undefined)
  // "best_of must be greater than n"; "results cannot be streamed". 1 is the default, and 0 the same.
  const isDefault = best === undefined || (best <= 1 && n === 1)
  if (!isDefault && stream) throw invalid('best_of', "cannot be used when 'stream' is true.")
  if (!isDefault && best <= n) throw invalid('best_of', "must be greater than 'n'.")
  const best_of = isDefault ? n : best
  const prompt = field(body, 'prompt', promptOf(vocabularySize), '')
  const prompts: (string | number[])[] =
    typeof prompt === 'string' || isIds(prompt) ? [prompt] : prompt
  const suffix = field(body, 'suffix', string, '')
  if (prompts.length * best_of > MAX_CANDIDATES) {
    throw invalid('prompt', `must be for ${MAX_CANDIDATES} choices at most.`)
  }
  const length = prompts.reduce((sum, each) => sum + each.length + suffix.length, 0)
  if (length > MAX_CHARACTERS) {
    const message = `The maximum context length is ${MAX_CHARACTERS} characters, and there are ${length}.`
    throw new ApiError(400, message, 'prompt', 'context_length_exceeded')
  }
  const bias = Object.entries(field(body, 'logit_bias', biasOf(vocabularySize), {}))
  return {
    /** Each has `n` choices, in this order. */
    prompts,
    suffix,
    n,
    /** At least `n` */
    best_of,
    stream,
    include_usage: field(options ?? {}, 'include_usage', flag, false),
    // "The maximum number of tokens that can be generated in the completion." Defaults to 16.
    max_tokens: field(body, 'max_tokens', integer(0, MAX_TOKENS), 16),
    logprobs: field(body, 'logprobs', integer(0, 5), undefined),
    // An empty string matches everywhere and would make every completion empty.
    stop: [field(body, 'stop', stops, [])].flat().filter((each) => each !== ''),
    echo: field(body, 'echo', flag, false),
    seed: field(body, 'seed', integer(-(2 ** 53), 2 ** 53), randomInt(2 ** 32)),
    temperature: field(body, 'temperature', number(0, 2), 1),
    top_p: field(body, 'top_p', number(0, 1), 1),
    presence_penalty: field(body, 'presence_penalty', number(-2, 2), 0),
    frequency_penalty: field(body, 'frequency_penalty', number(-2, 2), 0),
    // Not a field of the API: the least probability of a token. 0 is the API's own meaning.
    confidence: field(body, 'confidence', number(0, 1), 0),
    logit_bias: new Map(bias.map(([id, value]) => [Number(id), value])),
  }
}

/** A description of valid values for the error message, and the check */
type Rule<T> = readonly [description: string, isValid: (value: unknown) => value is T]
type Fields = Readonly<Record<string, unknown>>

/** Reads an optional field. As in the API, null is the same as a missing field. */
function field<T, D>(
  body: Fields,
  name: string,
  [description, isValid]: Rule<T>,
  fallback: D,
): T | D {
  const value = body[name] ?? undefined
  if (value === undefined) return fallback
  if (!isValid(value)) throw invalid(name, `must be ${description}.`)
  return value
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isString = (value: unknown): value is string => typeof value === 'string'
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isString)
const isIds = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => Number.isInteger(each))

const string: Rule<string> = ['a string', isString]
const flag: Rule<boolean> = ['true or false', (value) => typeof value === 'boolean']
const fields: Rule<Fields> = ['an object', isFields]
const stops: Rule<string | string[]> = [
  'a string or an array of 4 strings at most',
  (value): value is string | string[] => isString(value) || (isStrings(value) && value.length <= 4),
]

const number = (least: number, most: number): Rule<number> => [
  `a number from ${least} to ${most}`,
  (value): value is number => typeof value === 'number' && value >= least && value <= most,
]
const integer = (least: number, most: number): Rule<number> => [
  `an integer from ${least} to ${most}`,
  (value): value is number => Number.isSafeInteger(value) && number(least, most)[1](value),
]

/** One prompt or several, each a string or an array of token ids */
const promptOf = (size: number): Rule<string | string[] | number[] | number[][]> => [
  `a string, token ids (0 to ${size - 1}), or an array of strings or of arrays of token ids`,
  (value): value is string | string[] | number[] | number[][] => {
    if (isString(value) || (isStrings(value) && value.length > 0)) return true
    const all = isIds(value) ? [value] : value
    return (
      Array.isArray(all) &&
      all.length > 0 &&
      all.every((ids) => isIds(ids) && ids.every((id) => id >= 0 && id < size))
    )
  },
]

const biasOf = (size: number): Rule<Record<string, number>> => [
  `a map of token ids (0 to ${size - 1}) to numbers from -100 to 100`,
  (value): value is Record<string, number> =>
    isFields(value) &&
    Object.entries(value).every(
      ([id, bias]) => /^\d+$/.test(id) && Number(id) < size && number(-100, 100)[1](bias),
    ),
]
