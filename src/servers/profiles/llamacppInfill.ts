import { bearer, type Dialect } from '../../completions/dialect.ts'
import { isFields, number, type Fields } from '../../completions/fields.ts'
import { parseCompletion } from '../../completions/parse.ts'
import { logitBiasPairs, onePrompt, renamed, stopList, type Names } from './encoding.ts'
import { beside } from './paths.ts'

/**
 * llama-server's `/infill`, beside `/v1` (tools/server/README.md, 2026-08). It reads prefix and
 * suffix as plain text, so what looks like a FIM token in them is none. A model without FIM tokens
 * is a 501.
 */
export const llamacppInfill: Dialect = {
  url: (base) => beside(base, 'infill'),
  authorization: bearer,
  encode: (request, stream) => ({
    ...renamed(request, NAMES),
    ...stopList(request),
    ...logitBiasPairs(request),
    input_prefix: onePrompt(request),
    // Without it the answer is a 500.
    input_suffix: request.suffix ?? '',
    cache_prompt: true,
    stream,
  }),
  decode(value) {
    const fields = isFields(value) ? value : {}
    const { content, stop, completion_probabilities } = fields
    const choice = {
      index: fields['index'],
      text: content,
      finish_reason: stop === true ? reasonIn(fields) : null,
      logprobs: { content: completion_probabilities },
    }
    return parseCompletion({
      model: fields['model'],
      choices: typeof content === 'string' ? [choice] : undefined,
      usage: usageIn(fields),
    })
  },
  framing: 'events',
}

const NAMES: Names = {
  model: 'model',
  max_tokens: 'n_predict',
  temperature: 'temperature',
  top_p: 'top_p',
  seed: 'seed',
  logprobs: 'n_probs',
  presence_penalty: 'presence_penalty',
  frequency_penalty: 'frequency_penalty',
}

/** As llama-server itself says it on `/v1/completions`; before 2025 it had three booleans for it. */
function reasonIn({ stop_type, stopped_eos, stopped_word }: Fields): string {
  const stopped = stop_type === undefined ? stopped_eos === true || stopped_word === true : false
  return stopped || stop_type === 'eos' || stop_type === 'word' ? 'stop' : 'length'
}

/** Running totals: each chunk has them. */
function usageIn({ tokens_evaluated, tokens_predicted, timings }: Fields): object | null {
  const [prompt_tokens, completion_tokens] = [number(tokens_evaluated), number(tokens_predicted)]
  if (prompt_tokens === null || completion_tokens === null) return null
  const { cache_n, prompt_n } = isFields(timings) ? timings : {}
  // Up to 2025 only the number of prompt tokens that were not in the cache was told.
  const read = number(prompt_n)
  const cached_tokens = number(cache_n) ?? (read === null ? null : prompt_tokens - read)
  return {
    prompt_tokens,
    completion_tokens,
    ...(cached_tokens !== null && { prompt_tokens_details: { cached_tokens } }),
  }
}
