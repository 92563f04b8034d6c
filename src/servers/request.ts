import type { CompletionRequest } from '../completions/types.ts'
import type { ServerProfile } from './profile.ts'

/** Settings that become fields of the request. Null: not sent. */
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

/** The document's context, as the mode of the suffix sends it */
export interface Context {
  prompt: string
  /** Null: the mode sends no `suffix` field. */
  suffix: string | null
  /** Stop sequences of the mode, in addition to the user's */
  stops: readonly string[]
  /** Parts of other files, where the server has a field for them */
  input_extra?: CompletionRequest['input_extra']
}

/**
 * Builds the request in the API's own terms.
 *
 * @param refused further fields that the server refused, by their API names
 */
export function toRequest(
  { prompt, suffix, stops, input_extra }: Context,
  settings: RequestSettings,
  profile: Pick<ServerProfile, 'unsupported' | 'maxStops'>,
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
    ...(input_extra !== undefined && { input_extra }),
    stream_options: { include_usage: true },
  }
  return omit(fields, [...(profile.unsupported ?? []), ...refused])
}

/** Removes fields, but never the required ones. */
function omit(request: CompletionRequest, names: readonly string[]): CompletionRequest {
  const kept = Object.entries(request).filter(([name]) => !names.includes(name))
  return { ...Object.fromEntries(kept), prompt: request.prompt, max_tokens: request.max_tokens }
}

/** Whether to stream the completion. API reference on best_of: "Results cannot be streamed." */
export function isStreamed(settings: { stream: boolean }, request: CompletionRequest): boolean {
  return settings.stream && request.best_of === undefined
}
