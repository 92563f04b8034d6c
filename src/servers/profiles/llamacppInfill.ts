import { bearer, type Dialect } from '../../completions/dialect.ts'
import { isFields, number, type Fields } from '../../completions/fields.ts'
import { parseCompletion } from '../../completions/parse.ts'
import { logitBiasPairs, onePrompt, renameFields, stopList, type FieldNames } from './encoding.ts'
import { siblingOfV1 } from './paths.ts'

/**
 * llama-server's `/infill`, a sibling of `/v1` (tools/server/README.md, 2026-08). It tokenizes prefix
 * and suffix as plain text, so FIM tokens in them have no effect. For a model without FIM tokens, the
 * status is 501.
 */
export const llamacppInfill: Dialect = {
  url: (base) => siblingOfV1(base, 'infill'),
  authorization: bearer,
  encode: (request, stream) => ({
    ...renameFields(request, NAMES),
    ...stopList(request),
    ...logitBiasPairs(request),
    input_prefix: onePrompt(request),
    // Without it, the status is 500.
    input_suffix: request.suffix ?? '',
    ...(request.input_extra && { input_extra: request.input_extra }),
    cache_prompt: true,
    stream,
  }),
  // Several choices that are not streamed are a list.
  decode: (value) => parseCompletion(Array.isArray(value) ? value.map(decode) : decode(value)),
  framing: 'events',
}

/** The value as one of the completions API */
function decode(value: unknown): unknown {
  const fields = isFields(value) ? value : {}
  const { content, stop, completion_probabilities } = fields
  const choice = {
    index: fields['index'],
    text: content,
    finish_reason: stop === true ? finishReasonIn(fields) : null,
    logprobs: { content: completion_probabilities },
  }
  return {
    model: fields['model'],
    choices: typeof content === 'string' ? [choice] : undefined,
    usage: usageIn(fields),
  }
}

const NAMES: FieldNames = {
  model: 'model',
  max_tokens: 'n_predict',
  n: 'n',
  temperature: 'temperature',
  top_p: 'top_p',
  seed: 'seed',
  logprobs: 'n_probs',
  presence_penalty: 'presence_penalty',
  frequency_penalty: 'frequency_penalty',
}

/** The finish_reason, as on `/v1/completions`. Before 2025, there were three booleans instead. */
function finishReasonIn({ stop_type, stopped_eos, stopped_word }: Fields): string {
  const stopped = stop_type === undefined ? stopped_eos === true || stopped_word === true : false
  return stopped || stop_type === 'eos' || stop_type === 'word' ? 'stop' : 'length'
}

/** Each chunk has the totals so far. */
function usageIn({ tokens_evaluated, tokens_predicted, timings }: Fields): object | null {
  const [prompt_tokens, completion_tokens] = [number(tokens_evaluated), number(tokens_predicted)]
  if (prompt_tokens === null || completion_tokens === null) return null
  const { cache_n, prompt_n } = isFields(timings) ? timings : {}
  // Until 2025, it reported only the number of prompt tokens that were not in the cache.
  const read = number(prompt_n)
  const cached_tokens = number(cache_n) ?? (read === null ? null : prompt_tokens - read)
  return {
    prompt_tokens,
    completion_tokens,
    ...(cached_tokens !== null && { prompt_tokens_details: { cached_tokens } }),
  }
}
