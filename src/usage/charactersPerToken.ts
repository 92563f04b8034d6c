import { CHARACTERS_PER_TOKEN } from './estimate.ts'

/** How many characters a token of one model has, as far as its server's figures have shown it */
export interface Learned {
  charactersPerToken: number
  /** How many requests it was learned from */
  samples: number
}

export const NOTHING_LEARNED: Learned = { charactersPerToken: CHARACTERS_PER_TOKEN, samples: 0 }

/** The least and the most that is believed, whatever the figures say: one token is some text. */
const BOUNDS = { least: 1.5, most: 8 }

/** Of fewer tokens, those that a server adds by itself are too large a part. */
const MIN_TOKENS = 32

/** Beyond that the server has counted something else: only what was not in its cache, or a page more. */
const PLAUSIBLE = { least: 0.5, most: 16 }

/** How much one request counts in the long run: a file of another language shall not upset it. */
const WEIGHT = 1 / 8

/** What is known after one more request, of so many characters and of so many tokens. */
export function learn(before: Learned, characters: number, promptTokens: number): Learned {
  const found = characters / promptTokens
  // Written so that what is no number is refused as well.
  const counts = promptTokens > MIN_TOKENS && found >= PLAUSIBLE.least && found <= PLAUSIBLE.most
  if (!counts) return before
  const bounded = Math.min(BOUNDS.most, Math.max(BOUNDS.least, found))
  // At first the mean of all, the assumption as one of them.
  const weight = Math.max(WEIGHT, 1 / (before.samples + 2))
  return {
    charactersPerToken: before.charactersPerToken * (1 - weight) + bounded * weight,
    samples: before.samples + 1,
  }
}
