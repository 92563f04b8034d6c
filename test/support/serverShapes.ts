import { DONE, event, json, STOP, stream, text } from './answers.ts'
import type { Answer, RecordedRequest } from './sseServer.ts'

/** Local servers in the shape of the real ones */

const usage = { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 }
/** A completion with usage */
export const answer = stream(text('a '), text('+ b'), STOP, event({ choices: [], usage }), DONE)
export const notFound = json({ error: 'not found' }, 404)

/** Ollama: its own list says which models fill in the middle, and a suffix needs such a model. */
export function ollama({ path, body }: RecordedRequest): Answer {
  const entry = (name: string, ...capabilities: string[]): object => ({
    name,
    digest: 'abc',
    details: { family: 'qwen2' },
    capabilities,
  })
  switch (path) {
    case '/v1/models':
      return json({
        object: 'list',
        data: [
          { id: 'llama3.2', owned_by: 'library' },
          { id: 'mine', owned_by: 'library' },
        ],
      })
    case '/api/tags':
      return json({
        models: [entry('llama3.2', 'completion', 'tools'), entry('mine', 'completion', 'insert')],
      })
    case '/api/ps':
      return json({ models: [{ ...entry('mine'), context_length: 4096 }] })
    case '/v1/completions':
      return (body as { model: string }).model === 'mine'
        ? answer
        : json(
            {
              error: {
                message: 'registry.ollama.ai/library/llama3.2:latest does not support insert',
              },
            },
            400,
          )
    case '/api/generate':
      return {
        headers: { 'content-type': 'application/x-ndjson' },
        body: [
          `${JSON.stringify({ response: 'a + b', done: false })}\n`,
          `${JSON.stringify({ response: '', done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 3 })}\n`,
        ],
      }
    default:
      return notFound
  }
}

/** LM Studio: owned by an organization, and no suffix */
export function lmStudio({ path }: RecordedRequest): Answer {
  const entry = (id: string): object => ({ id, object: 'model', owned_by: 'organization_owner' })
  if (path === '/v1/models')
    return json({ object: 'list', data: ['text-embedding-nomic', 'qwen2.5-coder-7b'].map(entry) })
  return path === '/v1/completions' ? answer : notFound
}
