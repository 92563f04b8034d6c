import { CHARACTERS_PER_TOKEN } from './estimate.ts'

/** Measured characters per token of one model */
export interface Learned {
  charactersPerToken: number
  /** Number of requests it was measured with */
  samples: number
}

export const NOTHING_LEARNED: Learned = { charactersPerToken: CHARACTERS_PER_TOKEN, samples: 0 }

/** Plausible range of characters per token. */
const BOUNDS = { least: 1.5, most: 8 }

/** Minimum number of tokens: below, tokens that the server adds are too large a part. */
const MIN_TOKENS = 32

/** Above it, the server counted something else: only uncached tokens, or additional text. */
const PLAUSIBLE = { least: 0.5, most: 16 }

/** Weight of one request in the long run, so that one file of another language changes little. */
const WEIGHT = 1 / 8

/** Updates the ratio with one more request. */
export function learn(before: Learned, characters: number, promptTokens: number): Learned {
  const found = characters / promptTokens
  // Written so that NaN is rejected as well.
  const counts = promptTokens > MIN_TOKENS && found >= PLAUSIBLE.least && found <= PLAUSIBLE.most
  if (!counts) return before
  const bounded = Math.min(BOUNDS.most, Math.max(BOUNDS.least, found))
  // At first the mean of all requests, with the default as one of them.
  const weight = Math.max(WEIGHT, 1 / (before.samples + 2))
  return {
    charactersPerToken: before.charactersPerToken * (1 - weight) + bounded * weight,
    samples: before.samples + 1,
  }
}
