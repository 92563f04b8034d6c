import { CompletionError } from './errors.ts'
import { isFields, number, numbers, string, type Fields } from './fields.ts'
import { MAX_CHOICES, MAX_DEPTH } from './limits.ts'
import { parseLogprobs } from './logprobs.ts'
import type { Choice, Completion, TokenDetails, Usage } from './types.ts'

/**
 * The only place that validates wire data. After it, no code needs to check whether a field exists.
 *
 * It tolerates harmless differences between servers (a missing id, a `null` text, no choices) and
 * rejects what could put wrong text into a document.
 */

/** @throws CompletionError `protocol` when the text is not JSON, or is nested too deeply */
export function parseJson(text: string): unknown {
  checkDepth(text)
  try {
    return JSON.parse(text)
  } catch {
    // The cause would quote the text, which may be the completion.
    throw new CompletionError('protocol', { id: 'notJson' })
  }
}

/** Shorter texts cannot exhaust the stack. */
const SHALLOW = 1000

function checkDepth(text: string): void {
  if (text.length < SHALLOW) return
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) isString = !isString
    else if (isString) at += code === 0x5c ? 1 : 0
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH) throw new CompletionError('protocol', { id: 'nestedTooDeeply' })
    } else if (code === 0x7d || code === 0x5d) depth--
  }
}

/** Whether the value contains an error, instead of a completion or with it. */
export function hasError(value: unknown): boolean {
  if (!isFields(value)) return false
  if (isSet(value['error'])) return true
  if (Array.isArray(value['choices'])) return false
  // What gateways send with status 200 in the place of a completion.
  const hasMessage = parseErrorMessage(value) !== null
  return hasMessage && (isFailed(value) || !isFields(value['usage']))
}

function isSet(error: unknown): boolean {
  return error !== undefined && error !== null && error !== false
}

/** `{success: false}`, `{status: "error"}`, `{code: 500}` */
function isFailed({ success, status, code }: Fields): boolean {
  if (success === false || (typeof status === 'string' && /^(error|fail)/i.test(status)))
    return true
  return [status, code].some((each) => Number(each) >= 400)
}

/** @throws CompletionError `protocol` when it is not a completion */
export function parseCompletion(value: unknown): Completion {
  if (Array.isArray(value)) return parseEach(value)
  if (!isFields(value)) throw notACompletion()
  const choices = value['choices'] ?? []
  const usage = value['usage']
  if (!Array.isArray(choices)) throw notACompletion()
  if (choices.length > MAX_CHOICES) throw tooManyChoices()
  // Neither of the two: most likely the response of another API at the same URL.
  if (value['choices'] === undefined && !isFields(usage)) throw notACompletion()
  return {
    id: string(value['id']),
    object: string(value['object']),
    created: number(value['created']),
    model: string(value['model']),
    system_fingerprint: string(value['system_fingerprint']),
    choices: choices.map(parseChoice),
    usage: isFields(usage) ? parseUsage(usage, value['timings']) : null,
  }
}

/** llama.cpp (2025-02) responds to several prompts with a list of completions, one per prompt. */
function parseEach(values: readonly unknown[]): Completion {
  const [first, ...rest] = values.map(parseCompletion)
  if (first === undefined) throw notACompletion()
  return rest.reduce(
    (whole, { choices, usage }) => ({
      ...whole,
      choices: [...whole.choices, ...choices],
      usage: whole.usage && usage && sum(whole.usage, usage),
    }),
    first,
  )
}

function sum(a: Usage, b: Usage): Usage {
  return {
    prompt_tokens: a.prompt_tokens + b.prompt_tokens,
    completion_tokens: a.completion_tokens + b.completion_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
    prompt_tokens_details: null,
    completion_tokens_details: null,
  }
}

function parseChoice(value: unknown, position: number): Choice {
  if (!isFields(value)) throw notACompletion()
  return {
    index: number(value['index']) ?? position,
    text: parseText(value),
    finish_reason: finishReason(value['finish_reason']),
    logprobs: parseLogprobs(value['logprobs']),
  }
}

/** Some servers send "" or a word for `null` until the reason is known. */
function finishReason(value: unknown): string | null {
  const reason = string(value)?.trim() ?? ''
  return /^(|null|none|nil|undefined)$/i.test(reason) ? null : reason
}

/** `text`, or the field of the chat API, which Mistral's FIM, Together and some gateways use. */
function parseText({ text, delta, message }: Fields): string {
  if (typeof text === 'string' && text !== '') return text
  const found = [text, contentOf(delta), contentOf(message)].find(
    (each) => each !== undefined && each !== null && each !== '',
  )
  if (found === undefined) return ''
  if (typeof found !== 'string') throw notACompletion()
  return found
}

function contentOf(value: unknown): unknown {
  return isFields(value) ? value['content'] : undefined
}

function parseUsage(value: Fields, timings: unknown): Usage {
  const prompt_tokens = number(value['prompt_tokens']) ?? 0
  const completion_tokens = number(value['completion_tokens']) ?? 0
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: number(value['total_tokens']) ?? prompt_tokens + completion_tokens,
    prompt_tokens_details: details(value['prompt_tokens_details']) ?? cacheDetails(value, timings),
    completion_tokens_details: details(value['completion_tokens_details']),
  }
}

/** The cached part of the prompt, where it is not in `prompt_tokens_details`: DeepSeek, llama.cpp. */
function cacheDetails({ prompt_cache_hit_tokens }: Fields, timings: unknown): TokenDetails | null {
  const cache_n = isFields(timings) ? timings['cache_n'] : null
  const cached_tokens = number(prompt_cache_hit_tokens) ?? number(cache_n)
  return cached_tokens === null ? null : { cached_tokens }
}

const MESSAGES = [
  'error',
  'errors',
  'message',
  'detail',
  'msg',
  'error_message',
  'errorMessage',
  'error_msg',
  'error_description',
  'status_msg',
  'reason',
  'base_resp',
]

/**
 * Reads the server's error message from any of the formats in use:
 * `{error: {message}}`, `{error: "…"}`, `{message}`, `{detail: "…" | [{loc, msg}] | {…}}`,
 * `{errors: […]}`, `{code, msg}`.
 */
export function parseErrorMessage(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value.trim() || null
  if (depth > 8) return null
  if (Array.isArray(value)) return parseErrorMessage(value[0], depth + 1)
  if (!isFields(value)) return null
  for (const name of MESSAGES) {
    const message = parseErrorMessage(value[name], depth + 1)
    if (message === null) continue
    const field = name === 'msg' ? fieldAt(value['loc']) : null
    return field === null ? message : `${field}: ${message}`
  }
  return null
}

/** `["body", "seed"]` → `seed`. Without it, "Extra inputs are not permitted" is meaningless. */
function fieldAt(loc: unknown): string | null {
  return Array.isArray(loc) && loc[0] === 'body' ? string(loc[1]) : null
}

export function tooManyChoices(): CompletionError {
  return new CompletionError('protocol', { id: 'tooManyChoices' })
}

function notACompletion(): CompletionError {
  return new CompletionError('protocol', { id: 'notACompletion' })
}

function details(value: unknown): TokenDetails | null {
  return isFields(value) ? numbers(value) : null
}
