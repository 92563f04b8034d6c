import { hash, randomUUID, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { answer, model, sendJson } from './answer.ts'
import { ApiError } from './apiError.ts'
import type { Library } from './library.ts'
import { parseRequest } from './request.ts'

export interface ServerOptions {
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

const methods = new Map([
  ['/v1/completions', 'POST'],
  ['/v1/models', 'GET'],
])

/**
 * A completions server on 127.0.0.1.
 * @throws when the port cannot be had
 */
export async function serve(
  library: Library,
  { token, port = 0, bodyLimit = 16 * 1024 * 1024 }: ServerOptions,
): Promise<Server> {
  const created = Math.floor(Date.now() / 1000)
  const server = createServer((_, response) => {
    const gone = new AbortController()
    // After a complete answer nobody listens to the signal any more.
    response.once('close', () => gone.abort())
    response.setHeader('x-request-id', `req_${randomUUID()}`)
    route(response, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) fail(response, error)
    })
  })

  async function route(response: ServerResponse, signal: AbortSignal): Promise<void> {
    checkAccess(response, token)
    const { url = '', method } = response.req
    const path = url.split('?', 1)[0] ?? ''
    const allow = methods.get(path)
    if (allow === undefined) {
      throw new ApiError(404, `There is nothing at ${path}.`, undefined, 'unknown_url')
    }
    if (method !== allow) {
      response.setHeader('allow', allow)
      throw new ApiError(405, `Use ${allow} here.`, undefined, 'method_not_allowed')
    }
    if (allow === 'GET') {
      const entry = { id: model, object: 'model', created, owned_by: 'infill' }
      return sendJson(response, 200, { object: 'list', data: [entry] })
    }
    const body = await readJson(response, bodyLimit)
    const request = parseRequest(body, model, library.vocabulary.size)
    await library.ready()
    return answer(response, library, request, signal)
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
 * Lets through who has the token and means this server.
 * @throws {ApiError} 403 for another host, 401 without the token
 */
function checkAccess(response: ServerResponse, token: string): void {
  const { host = '', authorization = '' } = response.req.headers
  // A web page whose name was rebound to 127.0.0.1 still sends its own name.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) {
    throw new ApiError(403, 'The Host header must name this machine, such as 127.0.0.1.')
  }
  // Takes the same time however much of them is equal; the hashes are equally long.
  const [given, right] = [authorization, `Bearer ${token}`].map((each) =>
    hash('sha256', each, 'buffer'),
  )
  if (given && right && timingSafeEqual(given, right)) return
  response.setHeader('www-authenticate', 'Bearer')
  throw new ApiError(401, 'The API key is missing or wrong.', undefined, 'invalid_api_key')
}

/**
 * Reads the body as JSON, whatever its content-type says.
 * @param limit bytes that are read at most
 * @throws {ApiError} 413 when it is longer, 400 when it is not JSON
 */
async function readJson(response: ServerResponse, limit: number): Promise<unknown> {
  let text = ''
  let size = 0
  response.req.setEncoding('utf8')
  // `destroyOnReturn: false`: the connection is still needed for the answer.
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
    // The message of JSON.parse quotes the body, which is the user's text.
    throw new ApiError(400, 'The body is not valid JSON.')
  }
}

function fail(response: ServerResponse, error: unknown): void {
  // A cut stream without [DONE] is how the client learns that it is not complete.
  if (response.headersSent) return void response.destroy()
  const known = error instanceof ApiError ? error : new ApiError(500, 'The model failed.')
  sendJson(response, known.status, known.toJSON())
  // What is left of the body is read and thrown away, or the client could not read the answer.
  response.req.resume()
}
