import type { CompletionError } from '../completions/errors.ts'

/** What a refusal says about the context of the server, in tokens */
export interface ContextLimit {
  /** Maximum number of tokens of prompt and completion together */
  context: number
  /** How many tokens the prompt had, or the prompt and the completion */
  requested: number | null
}

/** Forms in which servers state their context length */
const CONTEXT: readonly RegExp[] = [
  // OpenAI, vLLM, DeepSeek, Together: "maximum context length is 4096 tokens"
  /(?:maximum|max\.?) (?:context|model|input|sequence) length(?: is| of|:)? (?:only )?(\d[\d,]*)/i,
  // llama.cpp: "exceeds the available context size (1024 tokens)"
  /context (?:size|length|window|limit)(?: is| of|:)?(?: only)? ?\(?(\d[\d,]*)/i,
  // Mistral: "too large for model with 32768 maximum context length"
  /(\d[\d,]*)(?:[ -]tokens?)? (?:maximum |max )?(?:context|model|input) (?:length|window|size|limit)/i,
  // TGI: "`inputs` tokens + `max_new_tokens` must be <= 4096"; SGLang; Fireworks
  /must (?:be|have) (?:<=|≤|less than or equal to|at most|no more than) ?(\d[\d,]*)/i,
  /(?:limit|maximum|capacity|allowed)(?: is| of|:)? ?(\d[\d,]*) ?(?:input )?tokens/i,
  /(?:exceed(?:s|ed)?|longer than|larger than|more than)[^.\d]{0,60}?(\d[\d,]*) ?tokens/i,
]

const REQUESTED: readonly RegExp[] = [
  /(?:requested|resulted in|has|contains?|containing|got|given|length (?:is|of)|prompt \() ?(?:about |a total of )?(\d[\d,]*)/i,
  /request \((\d[\d,]*) tokens\)/i,
  /(\d[\d,]*) (?:input |prompt )?tokens? (?:in|from|is|are|exceed)/i,
]

/**
 * Reads the context length from a refusal of a prompt that is too long.
 *
 * @returns `null` when the error is another one, or has no number
 */
export function contextLimitOf({ kind, said }: CompletionError): ContextLimit | null {
  if (kind !== 'context_length') return null
  const context = numberIn(said, CONTEXT)
  if (context === null) return null
  const requested = numberIn(said, REQUESTED)
  return { context, requested: requested !== null && requested > context ? requested : null }
}

function numberIn(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const value = Number((pattern.exec(text)?.[1] ?? '').replaceAll(',', ''))
    if (value > 0) return value
  }
  return null
}
