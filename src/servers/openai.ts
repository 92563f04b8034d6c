import type { CompletionRequest } from '../completions/types.ts'

/** What the model is to see of the document. */
export interface Context {
  prompt: string
  suffix: string
}

/** What of the settings goes to the server. */
export interface RequestSettings {
  model: string
  maxTokens: number
  temperature: number | null
}

/** The request as the API reference has it: the suffix in its own field, nothing that is not set. */
export function toRequest(context: Context, settings: RequestSettings): CompletionRequest {
  const { model, maxTokens, temperature } = settings
  return {
    ...(model === '' ? {} : { model }),
    prompt: context.prompt,
    ...(context.suffix === '' ? {} : { suffix: context.suffix }),
    max_tokens: maxTokens,
    ...(temperature === null ? {} : { temperature }),
    stream_options: { include_usage: true },
  }
}
