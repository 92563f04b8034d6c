import type { CompletionRequest } from '../completions/types.ts'
import type { ServerProfile } from './profile.ts'

/** What of the settings becomes a field of the request. `null`: not sent. */
export interface RequestSettings {
  model: string
  maxTokens: number
  temperature: number | null
  topP: number | null
  n: number | null
  bestOf: number | null
  logprobs: number | null
  echo: boolean | null
  stop: string | readonly string[] | null
  presencePenalty: number | null
  frequencyPenalty: number | null
  logitBias: Readonly<Record<string, number>> | null
  seed: number | null
  user: string | null
}

/** What the model is to see of the document, in the way that it goes out. */
export interface Context {
  prompt: string
  /** `null`: the way has no field for it */
  suffix: string | null
  /** Where a completion in this way ends, whatever the user says */
  stops: readonly string[]
}

/** The request as the API reference has it, with nothing in it that is not set or not taken. */
export function toRequest(
  { prompt, suffix, stops }: Context,
  settings: RequestSettings,
  profile: Pick<ServerProfile, 'without' | 'maxStops'>,
  refused: ReadonlySet<string> = new Set(),
): CompletionRequest {
  const { model, maxTokens } = settings
  const stop = [settings.stop ?? [], stops].flat().slice(0, profile.maxStops ?? 4)
  const fields: CompletionRequest = {
    prompt,
    max_tokens: maxTokens,
    ...(model !== '' && { model }),
    ...(suffix !== null && suffix !== '' && { suffix }),
    ...(settings.temperature !== null && { temperature: settings.temperature }),
    ...(settings.topP !== null && { top_p: settings.topP }),
    ...(settings.n !== null && { n: settings.n }),
    ...(settings.bestOf !== null && { best_of: settings.bestOf }),
    ...(settings.logprobs !== null && { logprobs: settings.logprobs }),
    ...(settings.echo !== null && { echo: settings.echo }),
    ...(stop.length > 0 && { stop }),
    ...(settings.presencePenalty !== null && { presence_penalty: settings.presencePenalty }),
    ...(settings.frequencyPenalty !== null && { frequency_penalty: settings.frequencyPenalty }),
    ...(settings.logitBias !== null && { logit_bias: settings.logitBias }),
    ...(settings.seed !== null && { seed: settings.seed }),
    ...(settings.user !== null && { user: settings.user }),
    stream_options: { include_usage: true },
  }
  return without(fields, [...(profile.without ?? []), ...refused])
}

function without(request: CompletionRequest, names: readonly string[]): CompletionRequest {
  const kept = Object.entries(request).filter(([name]) => !names.includes(name))
  return { ...Object.fromEntries(kept), prompt: request.prompt, max_tokens: request.max_tokens }
}

/** Whether the answer comes as a stream. "best_of: Results cannot be streamed", says the reference. */
export function isStreamed(settings: { stream: boolean }, request: CompletionRequest): boolean {
  return settings.stream && request.best_of === undefined
}
