import { isFields, list, number, numbers, string, type Fields } from './fields.ts'
import type { Logprobs } from './types.ts'

/**
 * Converts log probabilities to the four lists of the completions API. Two forms are in use: the
 * API's own, and that of the chat API, `{content: [{token, logprob, top_logprobs: [{token,
 * logprob}]}]}`, which llama.cpp also sends here.
 */
export function parseLogprobs(value: unknown): Logprobs | null {
  if (!isFields(value)) return null
  const { content } = value
  return Array.isArray(content) ? ofEntries(content.filter(isFields)) : ofLists(value)
}

function ofLists(value: Fields): Logprobs | null {
  const tokens = list(value['tokens'], string)
  if (tokens.length === 0) return null
  // `top_logprobs` is null when none were requested; the lists of a stream are joined entry by
  // entry.
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

function ofEntries(entries: readonly Fields[]): Logprobs | null {
  if (entries.length === 0) return null
  const tokens = entries.map(({ token }) => string(token) ?? '')
  return {
    tokens,
    token_logprobs: entries.map(({ logprob }) => number(logprob)),
    top_logprobs: entries.map(({ top_logprobs }) => byToken(list(top_logprobs, (each) => each))),
    text_offset: offsets(tokens),
  }
}

function byToken(entries: readonly unknown[]): Record<string, number> | null {
  if (entries.length === 0) return null
  return Object.fromEntries(
    entries.filter(isFields).flatMap(({ token, logprob }) => {
      const [name, value] = [string(token), number(logprob)]
      return name === null || value === null ? [] : [[name, value]]
    }),
  )
}

/**
 * The chat form has no offsets. They start at 0 here, because the text before the chunk is unknown.
 */
function offsets(tokens: readonly string[]): number[] {
  let offset = 0
  return tokens.map((token) => {
    const start = offset
    // Characters as the API counts them, not UTF-16 units
    offset += Array.from(token).length
    return start
  })
}
