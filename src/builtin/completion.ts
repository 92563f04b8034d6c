import { randomUUID } from 'node:crypto'
import type { FinishReason, LanguageModel } from './model.ts'
import type { CompletionRequest } from './request.ts'
import { stopGuard } from './stops.ts'

/** A step of one choice. The last one of a choice, and only that one, has a finish_reason. */
export interface ChoiceStep {
  readonly index: number
  readonly text: string
  readonly finish_reason: FinishReason | null
}

export interface Usage {
  /** Tokens of prompt and suffix: the suffix is text that the model reads, as it is with OpenAI. */
  prompt_tokens: number
  /** Tokens of the answers, without the echoed prompts. */
  completion_tokens: number
  total_tokens: number
}

/** What all chunks of a completion have in common. */
export interface CompletionHeader {
  readonly id: string
  readonly object: 'text_completion'
  /** Seconds since 1970. */
  readonly created: number
  readonly model: string
  readonly system_fingerprint: string
}

export function newHeader(model: LanguageModel): CompletionHeader {
  return {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: model.id,
    system_fingerprint: model.system_fingerprint,
  }
}

/** A choice as it is on the wire, whole or in parts. */
export function wireChoice({ index, text, finish_reason }: ChoiceStep): object {
  return { index, text, logprobs: null, finish_reason }
}

/**
 * Answers the prompts one after the other.
 * @returns the usage, when the last choice is finished
 */
export async function* run(
  model: LanguageModel,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<ChoiceStep, Usage, void> {
  let prompt_tokens = 0
  let completion_tokens = 0
  for (const [index, prompt] of request.prompts.entries()) {
    prompt_tokens += model.countTokens(prompt) + model.countTokens(request.suffix)
    if (request.echo && prompt !== '') yield { index, text: prompt, finish_reason: null }
    let answer = ''
    for await (const step of choice(model, request, prompt, signal)) {
      answer += step.text
      yield { index, ...step }
    }
    completion_tokens += model.countTokens(answer)
  }
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

async function* choice(
  model: LanguageModel,
  { suffix, max_tokens, stop }: CompletionRequest,
  prompt: string,
  signal: AbortSignal,
): AsyncGenerator<Omit<ChoiceStep, 'index'>, void> {
  const guard = stopGuard(stop)
  for await (const piece of model.complete({ prompt, suffix, max_tokens, signal })) {
    const { text, stopped } = guard.push(piece.text)
    if (stopped) {
      yield { text, finish_reason: 'stop' }
      return
    }
    if (piece.finish_reason !== null) {
      yield { text: text + guard.end(), finish_reason: piece.finish_reason }
      return
    }
    if (text !== '') yield { text, finish_reason: null }
  }
  throw new Error('The model ended without a finish_reason.')
}
