import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { model, sendCompletion, sendJson, streamCompletion } from './answer.ts'
import { ApiError } from './apiError.ts'
import { readJson } from './body.ts'
import { checkAccess } from './guard.ts'
import type { Library } from './library.ts'
import { parseRequest } from './request.ts'

export interface ServerOptions {
  readonly library: Library
  /** What a client sends as `Authorization: Bearer …`. */
  readonly token: string
  /** 0, the default, for any free port. */
  readonly port?: number
  /** Bytes of a request body at most. */
  readonly bodyLimit?: number
}

export interface Server {
  /** The base URL that `/completions` is added to. */
  readonly url: string
  /** Ends the requests that are under way, and resolves when the port is free. */
  close(): Promise<void>
}

/**
 * A completions server on 127.0.0.1.
 * @throws when the port cannot be had
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const created = Math.floor(Date.now() / 1000)
  const server = createHttpServer((request, response) => {
    void handle(request, response, { bodyLimit: 16 * 1024 * 1024, ...options, created })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

type Context = Required<Omit<ServerOptions, 'port'>> & { readonly created: number }

/** Never rejects. */
async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const gone = new AbortController()
  // After a complete answer nobody listens to the signal any more.
  response.once('close', () => gone.abort())
  response.setHeader('x-request-id', `req_${randomUUID()}`)
  try {
    checkAccess(request, context.token)
    await route(request, response, context, gone.signal)
  } catch (error) {
    if (!gone.signal.aborted) fail(response, error)
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  { library, created, bodyLimit }: Context,
  signal: AbortSignal,
): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  switch (path) {
    case '/v1/completions': {
      allow(request, 'POST')
      const body = await readJson(request, bodyLimit)
      const checked = parseRequest(body, model, library.vocabulary.size)
      await library.ready()
      const answer = checked.stream ? streamCompletion : sendCompletion
      return answer(response, library, checked, signal)
    }
    case '/v1/models': {
      allow(request, 'GET')
      const entry = { id: model, object: 'model', created, owned_by: 'infill' }
      return sendJson(response, 200, { object: 'list', data: [entry] })
    }
    default:
      throw new ApiError(404, `There is nothing at ${path}.`, { code: 'unknown_url' })
  }
}

function allow(request: IncomingMessage, method: string): void {
  if (request.method === method) return
  throw new ApiError(405, `Use ${method} here.`, {
    code: 'method_not_allowed',
    headers: { allow: method },
  })
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    // A cut stream without [DONE] is how the client learns that it is not complete.
    response.destroy()
    return
  }
  const known = error instanceof ApiError ? error : new ApiError(500, 'The model failed.')
  for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value)
  sendJson(response, known.status, known.toJSON())
  // What is left of the body is read and thrown away, or the client could not read the answer.
  response.req.resume()
}
