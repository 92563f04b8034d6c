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
  /** Leaving the loop before its end closes the connection, or its HTTP/2 stream, at once. */
  body: AsyncIterable<Uint8Array>
}

/**
 * Sends a request and resolves when the head of the response is received. Redirects are not
 * followed: the key belongs to the origin it was entered for.
 *
 * @throws CompletionError `unreachable`, `proxy`, `certificate` or `invalid_request`, and `cut`
 * while the body is read; the signal's reason when it was aborted
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

export interface Transport {
  send: Send
  /**
   * Opens a connection to the origin of a URL ahead of a request, unless one is free. Only the handshake
   * is made, and only without a proxy. Never throws: a request meets the same error again.
   */
  open(url: URL): Promise<void>
  /** Closes all connections, also those in use. */
  close(): Promise<void>
  /** Closes each connection when its response has ended. Nothing can be sent afterwards. */
  finish(): Promise<void>
}
