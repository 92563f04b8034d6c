import type { IncomingMessage } from 'node:http'
import { ApiError } from './apiError.ts'

/**
 * Reads the body as JSON, whatever its content-type says.
 * @param limit bytes that are read at most
 * @throws {ApiError} 413 when it is longer, 400 when it is not JSON
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  // `destroyOnReturn: false`: the connection is still needed for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    // The message of JSON.parse quotes the body, which is the user's text.
    throw new ApiError(400, 'The body is not valid JSON.')
  }
}

function tooLarge(limit: number): ApiError {
  return new ApiError(413, `The body is larger than ${limit} bytes.`, {
    headers: { connection: 'close' },
  })
}
