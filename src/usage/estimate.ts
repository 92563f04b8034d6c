/**
 * Tokenizers of code models give out between 3 and 4 characters a token on source code; the lower
 * figure keeps an estimated prompt within the context. It holds until a model's own is learned.
 */
export const CHARACTERS_PER_TOKEN = 3

/** About how many tokens a text of that length has. Whoever shows it marks it with `~`. */
export function estimateTokens(
  characters: number,
  charactersPerToken: number = CHARACTERS_PER_TOKEN,
): number {
  return Math.ceil(characters / charactersPerToken)
}
