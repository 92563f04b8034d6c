import { randomInt } from 'node:crypto'
import { ApiError, invalid } from './apiError.ts'

/** A completion request that has been checked. */
export type CompletionRequest = ReturnType<typeof parseRequest>

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
export function parseRequest(body: unknown, model: string, vocabularySize: number) {
  if (!isFields(body)) throw new ApiError(400, 'The body must be a JSON object.')
  const asked = field(body, 'model', text, '') || model
  if (asked !== model) {
    const message = `The model '${asked}' does not exist. The model here is '${model}'.`
    throw new ApiError(404, message, 'model', 'model_not_found')
  }
  field(body, 'user', text, '')
  const stream = field(body, 'stream', flag, false)
  const options = field(body, 'stream_options', fields, undefined)
  // "Only set this when you set stream: true."
  if (options && !stream) throw invalid('stream_options', "is only allowed when 'stream' is true.")
  const n = field(body, 'n', integer(1, 128), 1)
  const best = field(body, 'best_of', integer(0, 20), undefined)
  // "best_of must be greater than n"; "results cannot be streamed". One of one is the default.
  const isEach = best === undefined || (best <= 1 && n === 1)
  if (!isEach && stream) throw invalid('best_of', "cannot be used when 'stream' is true.")
  if (!isEach && best <= n) throw invalid('best_of', "must be greater than 'n'.")
  const best_of = isEach ? n : best
  const prompt = field(body, 'prompt', promptOf(vocabularySize), '')
  const prompts: (string | number[])[] =
    typeof prompt === 'string' || isIds(prompt) ? [prompt] : prompt
  const suffix = field(body, 'suffix', text, '')
  if (prompts.length * best_of > mostCandidates) {
    throw invalid('prompt', `must be for ${mostCandidates} choices at most.`)
  }
  const length = prompts.reduce((sum, each) => sum + each.length + suffix.length, 0)
  if (length > mostText) {
    const message = `The maximum context length is ${mostText} characters, and there are ${length}.`
    throw new ApiError(400, message, 'prompt', 'context_length_exceeded')
  }
  const bias = Object.entries(field(body, 'logit_bias', biasOf(vocabularySize), {}))
  return {
    /** `n` choices are made for each, in this order. */
    prompts,
    suffix,
    n,
    /** At least n. */
    best_of,
    stream,
    include_usage: field(options ?? {}, 'include_usage', flag, false),
    // "The maximum number of tokens that can be generated in the completion." Defaults to 16.
    max_tokens: field(body, 'max_tokens', integer(0, mostTokens), 16),
    logprobs: field(body, 'logprobs', integer(0, 5), undefined),
    // An empty string is found everywhere and would end every completion before it began.
    stop: [field(body, 'stop', stops, [])].flat().filter((each) => each !== ''),
    echo: field(body, 'echo', flag, false),
    seed: field(body, 'seed', integer(-(2 ** 53), 2 ** 53), randomInt(2 ** 32)),
    temperature: field(body, 'temperature', number(0, 2), 1),
    top_p: field(body, 'top_p', number(0, 1), 1),
    presence_penalty: field(body, 'presence_penalty', number(-2, 2), 0),
    frequency_penalty: field(body, 'frequency_penalty', number(-2, 2), 0),
    logit_bias: new Map(bias.map(([id, value]) => [Number(id), value])),
  }
}

/** What a field must be, and whether it is. */
type Rule<T> = readonly [what: string, is: (value: unknown) => value is T]
type Fields = Readonly<Record<string, unknown>>

/** The API takes null for "not given" in each of its optional fields. */
function field<T, D>(body: Fields, name: string, [what, is]: Rule<T>, fallback: D): T | D {
  const value = body[name] ?? undefined
  if (value === undefined) return fallback
  if (!is(value)) throw invalid(name, `must be ${what}.`)
  return value
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)
const isIds = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => Number.isInteger(each))

const text: Rule<string> = ['a string', isText]
const flag: Rule<boolean> = ['true or false', (value) => typeof value === 'boolean']
const fields: Rule<Fields> = ['an object', isFields]
const stops: Rule<string | string[]> = [
  'a string or an array of 4 strings at most',
  (value): value is string | string[] => isText(value) || (isTexts(value) && value.length <= 4),
]

const number = (least: number, most: number): Rule<number> => [
  `a number from ${least} to ${most}`,
  (value): value is number => typeof value === 'number' && value >= least && value <= most,
]
const integer = (least: number, most: number): Rule<number> => [
  `an integer from ${least} to ${most}`,
  (value): value is number => Number.isSafeInteger(value) && number(least, most)[1](value),
]

/** One text or several, each as a string or as the ids of its tokens. */
const promptOf = (size: number): Rule<string | string[] | number[] | number[][]> => [
  `a string, token ids (0 to ${size - 1}), or an array of strings or of arrays of token ids`,
  (value): value is string | string[] | number[] | number[][] => {
    if (isText(value) || (isTexts(value) && value.length > 0)) return true
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
