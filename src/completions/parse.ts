import { CompletionError } from './errors.ts'
import { isFields, number, numbers, string, type Fields } from './fields.ts'
import { parseLogprobs } from './logprobs.ts'
import type { Choice, Completion, TokenDetails, Usage } from './types.ts'

/**
 * The only place that validates wire data. After it, no code needs to check whether a field exists.
 *
 * It tolerates harmless differences between servers (a missing id, a `null` text, no choices) and
 * rejects what could put wrong text into a document.
 */

/** @throws CompletionError `protocol` when the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The cause would quote the text, which may be the completion.
    throw new CompletionError('protocol', { id: 'notJson' })
  }
}

/** Whether the value contains an error, instead of a completion or with it. */
export function hasError(value: unknown): boolean {
  return isFields(value) && value['error'] !== undefined && value['error'] !== null
}

/** @throws CompletionError `protocol` when it is not a completion */
export function parseCompletion(value: unknown): Completion {
  if (Array.isArray(value)) return parseEach(value)
  if (!isFields(value)) throw notACompletion()
  const choices = value['choices'] ?? []
  const usage = value['usage']
  if (!Array.isArray(choices)) throw notACompletion()
  // Neither of the two: most likely the response of another API at the same URL.
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
    // Some servers send "" until the reason is known.
    finish_reason: string(value['finish_reason']) || null,
    logprobs: parseLogprobs(value['logprobs']),
  }
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
 * Reads the server's error message from any of the formats in use:
 * `{error: {message}}`, `{error: "…"}`, `{message}`, `{detail: "…" | [{loc, msg}] | {…}}`.
 */
export function parseErrorMessage(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null
  if (Array.isArray(value)) return parseErrorMessage(value[0])
  if (!isFields(value)) return null
  for (const name of ['error', 'message', 'detail', 'msg']) {
    const message = parseErrorMessage(value[name])
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

function notACompletion(): CompletionError {
  return new CompletionError('protocol', { id: 'notACompletion' })
}

function details(value: unknown): TokenDetails | null {
  return isFields(value) ? numbers(value) : null
}
