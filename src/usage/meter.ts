import type { CompletionChunk, Usage } from '../completions/types.ts'
import { estimateTokens } from './estimate.ts'
import type { Cost } from './progress.ts'

/** Counts the tokens of one run: an estimate until the server sends its own figures. */
export interface Meter {
  read(chunk: CompletionChunk): void
  /** Less was sent than assumed. @param characters length of prompt and suffix */
  resize(characters: number): void
  cost(): Cost
}

/**
 * @param sent length of prompt and suffix in characters, for the estimate
 * @param now time in ms
 * @param charactersPerToken of the model, if it was measured
 */
export function createMeter(
  sent: number,
  now: () => number = () => performance.now(),
  charactersPerToken?: number,
): Meter {
  const start = now()
  let firstTokenAt: number | null = null
  let received = 0
  let characters = sent
  let usage: Usage | null = null
  return {
    read(chunk) {
      // The last usage counts: servers that send several send running totals, and some start with
      // invalid zeros (Ollama, in every chunk but the last).
      if (chunk.usage !== null && chunk.usage.total_tokens > 0) usage = chunk.usage
      const added = chunk.choices.reduce((sum, choice) => sum + choice.text.length, 0)
      if (added === 0) return
      firstTokenAt ??= now()
      received += added
    },
    resize(length) {
      characters = length
    },
    cost() {
      return {
        prompt_tokens: usage?.prompt_tokens ?? estimateTokens(characters, charactersPerToken),
        cached_tokens: usage?.prompt_tokens_details?.['cached_tokens'] ?? null,
        completion_tokens: usage?.completion_tokens ?? estimateTokens(received, charactersPerToken),
        estimated: usage === null,
        firstTokenAfter: firstTokenAt === null ? null : firstTokenAt - start,
        elapsed: now() - start,
      }
    },
  }
}
