import { ApiError } from './apiError.ts'
import {
  invalid,
  isFields,
  optionalBoolean,
  optionalFields,
  optionalInteger,
  optionalNumber,
  optionalString,
  optionalStrings,
  type Fields,
} from './fields.ts'

/** A completion request that has been checked. */
export interface CompletionRequest {
  /** One choice is made for each, in this order. */
  readonly prompts: readonly string[]
  readonly suffix: string
  readonly max_tokens: number
  readonly stream: boolean
  readonly include_usage: boolean
  readonly stop: readonly string[]
  readonly echo: boolean
}

const mostPrompts = 128

/**
 * Checks the body of `POST /completions`. Fields it does not know are ignored, as the API does.
 * temperature, top_p, the penalties, logit_bias, seed and user are checked and have no effect: the
 * model is deterministic.
 * @param model the id of the one model there is
 * @throws {ApiError} 400 with the `param` that is wrong or not supported; 404 for another model
 */
export function parseRequest(body: unknown, model: string): CompletionRequest {
  if (!isFields(body)) throw new ApiError(400, 'The body must be a JSON object.')
  checkModel(optionalString(body, 'model'), model)
  checkSampling(body)
  checkUnsupported(body)
  const stream = optionalBoolean(body, 'stream') ?? false
  return {
    prompts: parsePrompt(body),
    suffix: optionalString(body, 'suffix') ?? '',
    // "The maximum number of tokens that can be generated in the completion." Defaults to 16.
    max_tokens: optionalInteger(body, 'max_tokens', [0, Number.MAX_SAFE_INTEGER]) ?? 16,
    stream,
    include_usage: parseIncludeUsage(body, stream),
    stop: parseStop(body),
    echo: optionalBoolean(body, 'echo') ?? false,
  }
}

/** A client that has no use for a name may leave it out or empty. */
function checkModel(asked: string | undefined, model: string): void {
  if (asked === undefined || asked === '' || asked === model) return
  const message = `The model '${asked}' does not exist. The model here is '${model}'.`
  throw new ApiError(404, message, { param: 'model', code: 'model_not_found' })
}

function parsePrompt(body: Fields): readonly string[] {
  const value = body['prompt']
  if (
    Array.isArray(value) &&
    value.some((each) => typeof each === 'number' || Array.isArray(each))
  ) {
    throw invalid('prompt', 'must be text: token ids are not supported by this model.')
  }
  // "Note that <|endoftext|> is the document separator", and the default: no text at all.
  const prompts = optionalStrings(body, 'prompt') ?? ['']
  if (prompts.length === 0) throw invalid('prompt', 'must not be an empty array.')
  if (prompts.length > mostPrompts) throw invalid('prompt', `must be ${mostPrompts} texts at most.`)
  return prompts
}

/** "Only set this when you set stream: true." */
function parseIncludeUsage(body: Fields, stream: boolean): boolean {
  const options = optionalFields(body, 'stream_options')
  if (options === undefined) return false
  if (!stream) throw invalid('stream_options', "is only allowed when 'stream' is true.")
  return optionalBoolean(options, 'include_usage') ?? false
}

/** "Up to 4 sequences where the API will stop generating further tokens." */
function parseStop(body: Fields): readonly string[] {
  const stop = optionalStrings(body, 'stop') ?? []
  if (stop.length > 4) throw invalid('stop', 'must be 4 strings at most.')
  // An empty string is found everywhere and would end every completion before it began.
  return stop.filter((each) => each !== '')
}

function checkSampling(body: Fields): void {
  optionalNumber(body, 'temperature', [0, 2])
  optionalNumber(body, 'top_p', [0, 1])
  optionalNumber(body, 'presence_penalty', [-2, 2])
  optionalNumber(body, 'frequency_penalty', [-2, 2])
  optionalInteger(body, 'seed', [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER])
  optionalString(body, 'user')
  const bias = optionalFields(body, 'logit_bias') ?? {}
  for (const value of Object.values(bias)) {
    if (typeof value === 'number' && Math.abs(value) <= 100) continue
    throw invalid('logit_bias', 'must map token ids to numbers from -100 to 100.')
  }
}

function checkUnsupported(body: Fields): void {
  const n = optionalInteger(body, 'n', [1, 128]) ?? 1
  const bestOf = optionalInteger(body, 'best_of', [0, 20])
  const logprobs = optionalInteger(body, 'logprobs', [0, 5])
  if (n > 1) throw invalid('n', 'greater than 1 is not supported by this model.')
  if (bestOf !== undefined && bestOf > 1) {
    throw invalid('best_of', 'greater than 1 is not supported by this model.')
  }
  if (logprobs !== undefined) throw invalid('logprobs', 'is not supported by this model.')
}
