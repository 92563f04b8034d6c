import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { complete, type ChoicePart } from './complete.ts'
import type { Library } from './library.ts'
import type { CompletionRequest } from './request.ts'

/** The name of the one model. */
export const model = 'workspace'

export function sendJson(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

/** Answers with one whole completion. */
export async function sendCompletion(
  response: ServerResponse,
  library: Library,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<void> {
  const choices: ChoicePart[] = []
  const parts = complete(library, request, signal)
  let part = await parts.next()
  for (; part.done !== true; part = await parts.next()) {
    const { index } = part.value
    choices[index] = joined(choices[index], part.value)
  }
  sendJson(response, 200, { ...newHeader(library), choices, usage: part.value })
}

function joined(first: ChoicePart | undefined, next: ChoicePart): ChoicePart {
  if (first === undefined) return next
  const [a, b] = [first.logprobs, next.logprobs]
  const logprobs = a &&
    b && {
      tokens: [...a.tokens, ...b.tokens],
      token_logprobs: [...a.token_logprobs, ...b.token_logprobs],
      top_logprobs: [...a.top_logprobs, ...b.top_logprobs],
      text_offset: [...a.text_offset, ...b.text_offset],
    }
  return { ...next, text: first.text + next.text, logprobs }
}

/** Answers with server-sent events, one a token. */
export async function streamCompletion(
  response: ServerResponse,
  library: Library,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<void> {
  // "All other chunks will also include a usage field, but with a null value."
  const noUsage = request.include_usage ? { usage: null } : {}
  const parts = complete(library, request, signal)
  // The head waits for the first part: until then the answer may still be an error.
  let part = await parts.next()
  const header = newHeader(library)
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  })
  const send = async (event: string): Promise<void> => {
    if (!response.write(`data: ${event}\n\n`)) await once(response, 'drain', { signal })
  }
  for (; part.done !== true; part = await parts.next()) {
    const { text, logprobs, finish_reason } = part.value
    const isEmpty = text === '' && !logprobs?.tokens.length && finish_reason === null
    if (!isEmpty) await send(JSON.stringify({ ...header, choices: [part.value], ...noUsage }))
  }
  if (request.include_usage) {
    await send(JSON.stringify({ ...header, choices: [], usage: part.value }))
  }
  await send('[DONE]')
  response.end()
}

/** The state that the fingerprint is of includes what was read for this request. */
function newHeader(library: Library): object {
  return {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model,
    system_fingerprint: library.fingerprint,
  }
}
