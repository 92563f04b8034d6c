import { bearer, type Dialect } from '../../completions/dialect.ts'
import { isFields, number, string, type Fields } from '../../completions/fields.ts'
import { parseCompletion } from '../../completions/parse.ts'
import type { CompletionRequest } from '../../completions/types.ts'
import { onePrompt, renameFields, stopList, type FieldNames } from './encoding.ts'
import { siblingOfV1 } from './paths.ts'

/**
 * Ollama's own API, a sibling of `/v1` (docs/api.md, 2026-08). With `raw`, the model's template is not
 * applied. The response has one JSON object per line, and the last one has the usage.
 */
export const ollamaGenerate: Dialect = {
  url: (base) => siblingOfV1(base, 'api/generate'),
  authorization: bearer,
  encode: (request, stream) => ({
    ...renameFields(request, { model: 'model' }),
    prompt: onePrompt(request),
    raw: true,
    stream,
    options: {
      ...renameFields(request, OPTIONS),
      ...stopList(request),
      // 0 would mean no limit.
      num_predict: Math.max(1, request.max_tokens),
    },
    ...logprobsIn(request),
  }),
  decode(value) {
    const { response, done, done_reason, logprobs, ...rest } = isFields(value) ? value : {}
    const choice = {
      text: response,
      finish_reason: done === true ? (string(done_reason) ?? 'stop') : null,
      logprobs: { content: logprobs },
    }
    return parseCompletion({
      model: rest['model'],
      created: secondsOf(rest['created_at']),
      choices: typeof response === 'string' ? [choice] : undefined,
      usage: done === true ? usageIn(rest) : null,
    })
  },
  framing: 'lines',
}

const OPTIONS: FieldNames = {
  temperature: 'temperature',
  top_p: 'top_p',
  seed: 'seed',
  presence_penalty: 'presence_penalty',
  frequency_penalty: 'frequency_penalty',
}

/** Supported since 0.12.11 (2025-11), ignored before. The response has the chat API's entries. */
function logprobsIn({ logprobs }: CompletionRequest): object {
  return logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }
}

/** Null where a count is missing: some versions omit the one of a cached prompt. */
function usageIn({ prompt_eval_count, eval_count }: Fields): object | null {
  const [prompt_tokens, completion_tokens] = [number(prompt_eval_count), number(eval_count)]
  return prompt_tokens === null || completion_tokens === null
    ? null
    : { prompt_tokens, completion_tokens }
}

/** An ISO date as seconds since 1970 */
function secondsOf(created_at: unknown): number {
  return Math.floor(Date.parse(string(created_at) ?? '') / 1000)
}
