import { hash, randomUUID, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { MODEL_ID, sendCompletion, sendJson } from './response.ts'
import { ApiError } from './apiError.ts'
import type { Library } from './library.ts'
import { parseRequest } from './request.ts'

export interface ServerOptions {
  /** The API key, which clients send as `Authorization: Bearer …` */
  readonly token: string
  /** 0, the default, selects a free port. */
  readonly port?: number
  /** Maximum size of a request body, in bytes */
  readonly bodyLimit?: number
}

export interface Server {
  /** The base URL, to which `/completions` is appended */
  readonly url: string
  /** Closes all connections, and resolves when the port is free. */
  close(): Promise<void>
}

const METHODS = new Map([
  ['/v1/completions', 'POST'],
  ['/v1/models', 'GET'],
])

/**
 * Starts a completions server on 127.0.0.1.
 * @throws when the port is not available
 */
export async function serve(
  library: Library,
  { token, port = 0, bodyLimit = 16 * 1024 * 1024 }: ServerOptions,
): Promise<Server> {
  const created = Math.floor(Date.now() / 1000)
  const server = createServer((_, response) => {
    const disconnected = new AbortController()
    // Also emitted after a complete response, when nothing listens to the signal any more.
    response.once('close', () => disconnected.abort())
    response.setHeader('x-request-id', `req_${randomUUID()}`)
    route(response, disconnected.signal).catch((error: unknown) => {
      if (!disconnected.signal.aborted) fail(response, error)
    })
  })

  async function route(response: ServerResponse, signal: AbortSignal): Promise<void> {
    checkAccess(response, token)
    const { url = '', method } = response.req
    const path = url.split('?', 1)[0] ?? ''
    const allow = METHODS.get(path)
    if (allow === undefined) {
      throw new ApiError(404, `There is nothing at ${path}.`, undefined, 'unknown_url')
    }
    if (method !== allow) {
      response.setHeader('allow', allow)
      throw new ApiError(405, `Use ${allow} here.`, undefined, 'method_not_allowed')
    }
    if (allow === 'GET') {
      const entry = { id: MODEL_ID, object: 'model', created, owned_by: 'infill' }
      return sendJson(response, 200, { object: 'list', data: [entry] })
    }
    const body = await readJson(response, bodyLimit)
    const request = parseRequest(body, MODEL_ID, library.vocabulary.size)
    await library.ready()
    return sendCompletion(response, library, request, signal)
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async close() {
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
    },
  }
}

/**
 * Checks the token, and that the request was meant for this server.
 * @throws {ApiError} 403 for another host, 401 without the token
 */
function checkAccess(response: ServerResponse, token: string): void {
  const { host = '', authorization = '' } = response.req.headers
  // After DNS rebinding to 127.0.0.1, the page of an attacker still sends its own host name.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) {
    throw new ApiError(403, 'The Host header must name this machine, such as 127.0.0.1.')
  }
  // A comparison in constant time needs inputs of equal length, which hashes are.
  const [given, expected] = [authorization, `Bearer ${token}`].map((each) =>
    hash('sha256', each, 'buffer'),
  )
  if (given && expected && timingSafeEqual(given, expected)) return
  response.setHeader('www-authenticate', 'Bearer')
  throw new ApiError(401, 'The API key is missing or wrong.', undefined, 'invalid_api_key')
}

/**
 * Reads the body as JSON, whatever its content-type is.
 * @param limit maximum size in bytes
 * @throws {ApiError} 413 when it is longer, 400 when it is not JSON
 */
async function readJson(response: ServerResponse, limit: number): Promise<unknown> {
  let text = ''
  let size = 0
  response.req.setEncoding('utf8')
  // `destroyOnReturn: false`: the connection is still needed for the response.
  for await (const part of response.req.iterator({ destroyOnReturn: false })) {
    text += String(part)
    size += Buffer.byteLength(String(part))
    if (size <= limit) continue
    response.setHeader('connection', 'close')
    throw new ApiError(413, `The body is larger than ${limit} bytes.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    // The message of JSON.parse quotes the body, which contains the user's text.
    throw new ApiError(400, 'The body is not valid JSON.')
  }
}

function fail(response: ServerResponse, error: unknown): void {
  // The client recognizes an incomplete stream by the missing [DONE].
  if (response.headersSent) return void response.destroy()
  const known = error instanceof ApiError ? error : new ApiError(500, 'The model failed.')
  sendJson(response, known.status, known.toJSON())
  // The rest of the body is read and discarded: otherwise the client could not read the response.
  response.req.resume()
}
