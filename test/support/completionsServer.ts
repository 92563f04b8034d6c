import { DONE, event, json, stream, text } from './answers.ts'
import type { Answer, RecordedRequest } from './sseServer.ts'

export interface Served {
  /** The names of the models; null: it has no list */
  models?: readonly string[] | null
  owner?: string
  /** The key that is required */
  key?: string
  /** What the model writes */
  completion?: string
  /** Whether the suffix counts as part of the prompt, as a probe finds out */
  suffix?: 'honoured' | 'ignored'
}

/** A completions server with a list of models, a key, and usage */
export function completionsServer({
  models = ['qwen2.5-coder', 'tiny'],
  owner = 'acme',
  key,
  completion = 'a + b',
  suffix = 'honoured',
}: Served = {}): (request: RecordedRequest) => Answer {
  return ({ path, method, headers, body }) => {
    if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
      return json({ error: { message: `Incorrect API key: ${headers.authorization}` } }, 401)
    }
    if (method === 'GET' && path === '/v1/models' && models !== null) {
      const data = models.map((id) => ({
        id,
        object: 'model',
        owned_by: owner,
        max_model_len: 32768,
      }))
      return json({ object: 'list', data })
    }
    if (path !== '/v1/completions') return json({ error: { message: 'not found' } }, 404)
    const fields = body as Record<string, unknown>
    const counted = suffix === 'honoured' ? lengthOf(fields['suffix']) : 0
    const usage = {
      prompt_tokens: 10 + counted,
      completion_tokens: 3,
      total_tokens: 13 + counted,
    }
    if (fields['stream'] !== true) return json({ choices: [{ text: 'x' }], usage })
    const pieces = completion === '' ? [] : (completion.match(/[^]{1,2}/g) ?? [])
    return stream(
      ...pieces.map((piece) => text(piece)),
      text('', 'stop'),
      event({ choices: [], usage }),
      DONE,
    )
  }
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0
}
