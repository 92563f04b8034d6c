import { bearer, type Dialect } from '../../completions/dialect.ts'
import { isFields, number, string, type Fields } from '../../completions/fields.ts'
import { parseCompletion } from '../../completions/parse.ts'
import type { CompletionRequest } from '../../completions/types.ts'
import { onePrompt, renamed, stopList, type Names } from './encoding.ts'
import { beside } from './paths.ts'

/**
 * Ollama's own API, beside `/v1` (docs/api.md, 2026-08). `raw` keeps the model's template out of
 * the prompt. The answer is one JSON object a line, and the last line has the usage.
 */
export const ollamaGenerate: Dialect = {
  url: (base) => beside(base, 'api/generate'),
  authorization: bearer,
  encode: (request, stream) => ({
    ...renamed(request, { model: 'model' }),
    prompt: onePrompt(request),
    raw: true,
    stream,
    options: {
      ...renamed(request, OPTIONS),
      ...stopList(request),
      // To Ollama, 0 is no limit at all.
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

const OPTIONS: Names = {
  temperature: 'temperature',
  top_p: 'top_p',
  seed: 'seed',
  presence_penalty: 'presence_penalty',
  frequency_penalty: 'frequency_penalty',
}

/** Known since 0.12.11 (2025-11) and ignored before; the answer has the chat API's entries. */
function logprobsIn({ logprobs }: CompletionRequest): object {
  return logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }
}

/** Versions that leave a count out do so for a prompt they have cached: then it is not known. */
function usageIn({ prompt_eval_count, eval_count }: Fields): object | null {
  const [prompt_tokens, completion_tokens] = [number(prompt_eval_count), number(eval_count)]
  return prompt_tokens === null || completion_tokens === null
    ? null
    : { prompt_tokens, completion_tokens }
}

function secondsOf(created_at: unknown): number {
  return Math.floor(Date.parse(string(created_at) ?? '') / 1000)
}
