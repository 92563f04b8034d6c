import type { Logprobs } from '../completions/types.ts'

/** No character has more bytes in UTF-8; a token may have more than one character. */
const LONGEST = 32

const NAME = /^bytes:((?:\\x[0-9a-f]{2})+)$/i

/**
 * Joins the tokens of a stream that are parts of one character, so that the character has a token. Its
 * log probability is the sum of theirs. It has no alternatives: those are bytes, not text.
 *
 * ```
 *   bytes:\xf0\x9f −1    bytes:\x99\x82 −0.5     →     🙂 −1.5
 * ```
 *
 * @returns a function for the logprobs of each chunk
 */
export function byteJoiner(): (logprobs: Logprobs) => Logprobs {
  let bytes: number[] = []
  let sum: number | null = 0

  return (logprobs) => {
    const joined: Logprobs = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] }
    for (const [index, name] of logprobs.tokens.entries()) {
      const logprob = logprobs.token_logprobs[index] ?? null
      const own = bytesIn(name)
      let token: string | null = name
      let top = logprobs.top_logprobs[index] ?? null
      if (own === null) {
        bytes = []
      } else {
        sum = bytes.length === 0 ? 0 : sum
        bytes = [...bytes, ...own].slice(-LONGEST)
        sum = sum === null || logprob === null ? null : sum + logprob
        token = decoded(bytes)
        top = null
        if (token === null) continue
        bytes = []
      }
      joined.tokens.push(token)
      joined.token_logprobs.push(own === null ? logprob : sum)
      joined.top_logprobs.push(top)
      joined.text_offset.push(logprobs.text_offset[index] ?? 0)
    }
    return joined
  }
}

/** The bytes that a token's name stands for; `null` for a token that is text */
export function bytesIn(name: string): number[] | null {
  const [, codes] = NAME.exec(name) ?? []
  return codes === undefined
    ? null
    : (codes.match(/[0-9a-f]{2}/gi)?.map((each) => parseInt(each, 16)) ?? null)
}

function decoded(bytes: readonly number[]): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    // The character is not complete yet.
    return null
  }
}
