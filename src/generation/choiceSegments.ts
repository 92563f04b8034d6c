import type { Choice, Logprobs } from '../completions/types.ts'
import type { Segment, Token } from '../infill/filters/segment.ts'

/** A token whose text is not found within this many UTF-16 units does not belong to this place. */
const NEAR = 16

/**
 * The new text of one choice in segments, one per token.
 *
 * Not every token is found in the text: servers send bytes of a character as `bytes:\xf0`, and tokens
 * of a stop sequence that they removed. Text without a token has `token: null`.
 *
 * @param offset where the text starts in the completion, in UTF-16 units
 */
export function segmentsOf(
  { text, logprobs }: Pick<Choice, 'text' | 'logprobs'>,
  offset: number,
): Segment[] {
  if (text === '') return []
  if (logprobs === null) return [{ text, token: null }]
  const segments: Segment[] = []
  let at = 0
  let isMissing = false
  for (const [index, token] of logprobs.tokens.entries()) {
    if (token === '') continue
    const found: number = isMissing ? text.indexOf(token, at) : at
    isMissing = found === -1 || found - at > NEAR || !text.startsWith(token, found)
    if (isMissing) continue
    if (found > at) segments.push({ text: text.slice(at, found), token: null })
    segments.push({ text: token, token: tokenOf(logprobs, index, offset + found) })
    at = found + token.length
  }
  if (at < text.length) segments.push({ text: text.slice(at), token: null })
  return segments
}

function tokenOf(
  { tokens, token_logprobs, top_logprobs }: Logprobs,
  index: number,
  offset: number,
): Token {
  return {
    text: tokens[index] ?? '',
    offset,
    logprob: token_logprobs[index] ?? null,
    alternatives: top_logprobs[index] ?? null,
  }
}
