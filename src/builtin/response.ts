import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { complete, type Choice } from './complete.ts'
import type { Library } from './library.ts'
import type { CompletionRequest } from './request.ts'

/** The id of the only model */
export const MODEL_ID = 'workspace'

export function sendJson(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

/** Sends one whole completion, or server-sent events with one event per token. */
export async function sendCompletion(
  response: ServerResponse,
  library: Library,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<void> {
  const { stream, include_usage } = request
  const all: Choice[] = []
  const send = async (event: string): Promise<void> => {
    if (!response.write(`data: ${event}\n\n`)) await once(response, 'drain', { signal })
  }
  let header: object | undefined
  for await (const { choices, usage } of complete(library, request, signal)) {
    // Created with the first chunk: the fingerprint includes tokens that this request added.
    header ??= {
      id: `cmpl-${randomUUID()}`,
      object: 'text_completion',
      created: Math.floor(Date.now() / 1000),
      model: MODEL_ID,
      system_fingerprint: library.fingerprint,
    }
    if (!stream) {
      all.push(...choices)
      if (usage !== null) sendJson(response, 200, { ...header, choices: all, usage })
    } else if (usage === null || include_usage) {
      // The head is sent with the first chunk: until then, the response can still be an error.
      if (!response.headersSent) response.writeHead(200, EVENT_STREAM)
      // "All other chunks will also include a usage field, but with a null value."
      await send(JSON.stringify({ ...header, choices, ...(include_usage && { usage }) }))
    }
  }
  if (!stream) return
  await send('[DONE]')
  response.end()
}

const EVENT_STREAM = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
}
