import { STOP, text } from './answers.ts'
import type { Piece, Step } from './sseServer.ts'

/** A stream whose chunks the test sends one by one. */
export interface Channel {
  send(chunk: string): void
  end(): void
  /** The body of the response, for `streamOf` */
  body: Iterable<Piece>
}

export function channel(): Channel {
  const chunks: (string | null)[] = []
  let arrived = Promise.withResolvers<void>()
  function put(chunk: string | null): void {
    chunks.push(chunk)
    arrived.resolve()
  }
  const wait: Step = async () => {
    if (chunks.length === 0) await arrived.promise
    arrived = Promise.withResolvers()
  }
  function* body(): Generator<Piece> {
    for (;;) {
      yield wait
      const chunk = chunks.shift()
      if (chunk === null) break
      if (chunk !== undefined) yield text(chunk)
    }
    yield STOP
  }
  return { send: put, end: () => put(null), body: body() }
}
