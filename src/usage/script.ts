import { CHARACTERS_PER_TOKEN } from './estimate.ts'

/** How much text is looked at, in UTF-16 units */
const SAMPLE = 4000

/**
 * UTF-16 units per token, by script: tokenizers of code models have whole words for Latin text only.
 * Measured ratios of the o200k, Qwen and DeepSeek tokenizers differ; these are on the safe side.
 */
const SCRIPTS: readonly (readonly [RegExp, number])[] = [
  [/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/gu, 1],
  [/[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]/gu, 1],
  [/[\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Gujarati}\p{sc=Gurmukhi}]/gu, 1],
  [/[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Armenian}\p{sc=Georgian}]/gu, 2],
  [/\p{Extended_Pictographic}/gu, 0.7],
]

/**
 * The characters per token of a text: at most the given ratio, and less where the text is in a script
 * that takes more tokens.
 *
 * @param ratio of the model, measured or assumed
 */
export function charactersPerTokenOf(text: string, ratio: number = CHARACTERS_PER_TOKEN): number {
  const sample = text.length <= SAMPLE ? text : text.slice(0, SAMPLE / 2) + text.slice(-SAMPLE / 2)
  if (!/[\u0250-\uffff]/.test(sample)) return ratio
  let others = sample.length
  let tokens = 0
  for (const [script, perToken] of SCRIPTS) {
    const found = sample.match(script) ?? []
    const length = found.reduce((sum, character) => sum + character.length, 0)
    others -= length
    tokens += length / Math.min(perToken, ratio)
  }
  return sample.length / (tokens + Math.max(0, others) / ratio)
}
