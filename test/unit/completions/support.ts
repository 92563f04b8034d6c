import assert from 'node:assert/strict'
import {
  CompletionError,
  createClient,
  createTransport,
  type Client,
  type ClientOptions,
  type CompletionChunk,
  type CompletionRequest,
} from '../../../src/completions/index.ts'
import { startServer, type ScriptedServer } from '../../support/sseServer.ts'

export const REQUEST: CompletionRequest = { model: 'm', prompt: 'let sum = ', max_tokens: 16 }

export interface Connection {
  client: Client
  server: ScriptedServer
}

/** Call it in a suite: returns a function that starts a scripted server and a client for it. */
export function useConnections(): (
  script: Parameters<typeof startServer>[0],
  options?: Partial<ClientOptions>,
) => Promise<Connection> {
  const closing: (() => Promise<void>)[] = []
  teardown(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return async (script, options = {}) => {
    const server = await startServer(script)
    const transport = await createTransport()
    closing.push(
      () => server.close(),
      () => transport.close(),
    )
    const defaults = { base: server.url, apiKey: null, firstTokenTimeout: 5, idleTimeout: 5 }
    return { server, client: createClient({ ...defaults, send: transport.send, ...options }) }
  }
}

/** The result of a run: its chunks and, when it failed, its error */
export interface Run {
  chunks: CompletionChunk[]
  /** The text of the first choice */
  text: string
  error: CompletionError | undefined
}

export async function read(chunks: AsyncIterable<CompletionChunk>): Promise<Run> {
  const run: Run = { chunks: [], text: '', error: undefined }
  try {
    for await (const chunk of chunks) {
      run.chunks.push(chunk)
      for (const { index, text } of chunk.choices) if (index === 0) run.text += text
    }
  } catch (error) {
    assert.ok(error instanceof CompletionError, String(error))
    run.error = error
  }
  return run
}

/** The error that a promise is rejected with */
export async function failure(promise: Promise<unknown>): Promise<CompletionError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof CompletionError, `not a CompletionError: ${String(error)}`)
  return error
}
