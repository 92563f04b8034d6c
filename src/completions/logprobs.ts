import { isFields, list, number, numbers, string, type Fields } from './fields.ts'
import type { Logprobs } from './types.ts'

/**
 * Converts log probabilities to the four lists of the completions API. Two forms are in use: the
 * API's own, and that of the chat API, `{content: [{token, logprob, bytes, top_logprobs: [{token,
 * logprob, bytes}]}]}`, which llama.cpp also sends here. Its entries were `{content, probs: [{tok_str,
 * prob}]}` before 2025, and are `{token, prob, top_probs}` with `post_sampling_probs`.
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
  const tops = entries.map((entry) => byToken(list(topIn(entry), (each) => each)))
  const tokens = entries.map((entry) => nameIn(entry) ?? '')
  return {
    tokens,
    token_logprobs: entries.map(
      (entry, at) => logprobIn(entry) ?? tops[at]?.[tokens[at] ?? ''] ?? null,
    ),
    top_logprobs: tops,
    text_offset: offsets(tokens),
  }
}

function topIn({ top_logprobs, top_probs, probs }: Fields): unknown {
  return top_logprobs ?? top_probs ?? probs
}

/** The text of a token, or in the API's own form the bytes of one that is only part of a character */
function nameIn({ token, tok_str, content, bytes }: Fields): string | null {
  const name = string(token) ?? string(tok_str) ?? string(content)
  const own = list(bytes, number)
  if (name === null || own.length === 0 || isUtf8Of(name, own)) return name
  return `bytes:${own.map((byte) => `\\x${(byte ?? 0).toString(16).padStart(2, '0')}`).join('')}`
}

function isUtf8Of(text: string, bytes: readonly (number | null)[]): boolean {
  const own = new TextEncoder().encode(text)
  return own.length === bytes.length && own.every((byte, at) => byte === bytes[at])
}

function logprobIn({ logprob, prob }: Fields): number | null {
  const probability = number(prob)
  return (
    number(logprob) ?? (probability === null || probability <= 0 ? null : Math.log(probability))
  )
}

function byToken(entries: readonly unknown[]): Record<string, number> | null {
  if (entries.length === 0) return null
  return Object.fromEntries(
    entries.filter(isFields).flatMap((entry) => {
      const [name, value] = [nameIn(entry), logprobIn(entry)]
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
