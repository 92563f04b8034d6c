export interface HttpRequest {
  method: 'GET' | 'POST'
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface HttpResponse {
  status: number
  /** Lower-case name → the header's first value */
  header(name: string): string | undefined
  /** Leaving the loop over it before its end closes the connection, or its stream, at once. */
  body: AsyncIterable<Uint8Array>
}

/**
 * Sends a request and resolves when the head of the answer is there. Redirects are not followed:
 * the key belongs to the origin it was entered for.
 *
 * @throws CompletionError `unreachable`, `proxy`, `certificate` or `invalid_request`, and `cut` while
 *   the body is read; the signal's reason when it was aborted
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

export interface Transport {
  send: Send
  /** Ends every connection, also those that are in use. */
  close(): Promise<void>
  /** Ends every connection as soon as its answer has ended. Nothing may be sent any more. */
  finish(): Promise<void>
}
