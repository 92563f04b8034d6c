import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ApiError } from './apiError.ts'

/**
 * Lets through who has the token and means this server.
 * @throws {ApiError} 403 for another host, 401 without the token
 */
export function checkAccess(request: IncomingMessage, token: string): void {
  // A web page whose name was rebound to 127.0.0.1 still sends its own name.
  if (!isLoopback(request.headers.host)) {
    throw new ApiError(403, 'The Host header must name this machine, such as 127.0.0.1.')
  }
  if (isSame(request.headers.authorization ?? '', `Bearer ${token}`)) return
  throw new ApiError(401, 'The API key is missing or wrong.', {
    code: 'invalid_api_key',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
}

/** Takes the same time however much of the strings is equal; the hashes make them equally long. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
