/**
 * Tokenizers of code models produce one token per 3 to 4 characters of source code. The lower
 * figure keeps an estimated prompt within the context. It is used until the model's own ratio is
 * measured.
 */
export const CHARACTERS_PER_TOKEN = 3

/** Estimated number of tokens of a text of that length, displayed with `~`. */
export function estimateTokens(
  characters: number,
  charactersPerToken: number = CHARACTERS_PER_TOKEN,
): number {
  return Math.ceil(characters / charactersPerToken)
}
