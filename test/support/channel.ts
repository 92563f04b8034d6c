import { STOP, text } from './answers.ts'
import type { Piece, Step } from './sseServer.ts'

/** A stream whose chunks are sent one by one, when the test says so. */
export interface Channel {
  send(chunk: string): void
  end(): void
  /** For `stream(…)`: the body of the answer */
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
