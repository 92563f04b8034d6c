import { CompletionError } from './errors.ts'
import type { Choice, Completion, Logprobs, TokenDetails, Usage } from './types.ts'

/**
 * The only place that reads the wire. After it no code needs to ask whether a field is there.
 *
 * It is tolerant where servers differ without harm (a missing id, a `null` text, no choices) and
 * strict where a wrong guess would put wrong text into a document.
 */

type Fields = Readonly<Record<string, unknown>>

/** @throws CompletionError `protocol` when the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The cause would quote the text, and the text may be the completion's.
    throw new CompletionError('protocol', 'The server sent something that is not JSON.')
  }
}

/** Whether an error came in place of a completion, or with it. */
export function hasError(value: unknown): boolean {
  return isFields(value) && value['error'] !== undefined && value['error'] !== null
}

/** @throws CompletionError `protocol` when it is not a completion */
export function parseCompletion(value: unknown): Completion {
  if (!isFields(value)) throw notACompletion()
  const choices = value['choices'] ?? []
  const usage = value['usage']
  if (!Array.isArray(choices)) throw notACompletion()
  // Neither of the two: most often the answer of some other API at the same URL.
  if (value['choices'] === undefined && !isFields(usage)) throw notACompletion()
  return {
    id: string(value['id']),
    object: string(value['object']),
    created: number(value['created']),
    model: string(value['model']),
    system_fingerprint: string(value['system_fingerprint']),
    choices: choices.map(parseChoice),
    usage: isFields(usage) ? parseUsage(usage) : null,
  }
}

function parseChoice(value: unknown, position: number): Choice {
  if (!isFields(value)) throw notACompletion()
  const text = value['text'] ?? ''
  if (typeof text !== 'string') throw notACompletion()
  return {
    index: number(value['index']) ?? position,
    text,
    // Some servers send "" before they know the reason.
    finish_reason: string(value['finish_reason']) || null,
    logprobs: isFields(value['logprobs']) ? parseLogprobs(value['logprobs']) : null,
  }
}

function parseLogprobs(value: Fields): Logprobs | null {
  const tokens = list(value['tokens'], string)
  if (tokens.length === 0) return null
  // `top_logprobs` is null where none were asked for; a stream's lists are joined entry by entry.
  const token_logprobs = list(value['token_logprobs'], number)
  const top_logprobs = list(value['top_logprobs'], (each) =>
    isFields(each) ? numbers(each) : null,
  )
  const text_offset = list(value['text_offset'], number)
  return {
    tokens: tokens.map((token) => token ?? ''),
    token_logprobs: tokens.map((_, at) => token_logprobs[at] ?? null),
    top_logprobs: tokens.map((_, at) => top_logprobs[at] ?? null),
    text_offset: tokens.map((_, at) => text_offset[at] ?? 0),
  }
}

function parseUsage(value: Fields): Usage {
  const prompt_tokens = number(value['prompt_tokens']) ?? 0
  const completion_tokens = number(value['completion_tokens']) ?? 0
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: number(value['total_tokens']) ?? prompt_tokens + completion_tokens,
    prompt_tokens_details: details(value['prompt_tokens_details']),
    completion_tokens_details: details(value['completion_tokens_details']),
  }
}

/**
 * What the server says went wrong, from any of the shapes in use:
 * `{error: {message}}`, `{error: "…"}`, `{message}`, `{detail: "…" | [{msg}] | {…}}`.
 */
export function parseErrorMessage(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null
  if (Array.isArray(value)) return parseErrorMessage(value[0])
  if (!isFields(value)) return null
  for (const name of ['error', 'message', 'detail', 'msg']) {
    const message = parseErrorMessage(value[name])
    if (message !== null) return message
  }
  return null
}

function notACompletion(): CompletionError {
  return new CompletionError('protocol', 'The server’s answer is not a completion.')
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function string(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function list<T>(value: unknown, parse: (each: unknown) => T): T[] {
  return Array.isArray(value) ? value.map((each: unknown) => parse(each)) : []
}

function numbers(value: Fields): Record<string, number> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const parsed = number(each)
      return parsed === null ? [] : [[name, parsed]]
    }),
  )
}

function details(value: unknown): TokenDetails | null {
  return isFields(value) ? numbers(value) : null
}
