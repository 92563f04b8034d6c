import type { Answer, Piece } from './sseServer.ts'

/** What completions servers answer, for the scripted server: the usual case, short to write. */

/** The event that ends a stream, by most servers' custom */
export const DONE = 'data: [DONE]\n\n'

/** One event with a JSON value */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

/** One chunk with new text of the first choice, or of another */
export function text(piece: string, finish_reason: string | null = null, index = 0): string {
  return event({ choices: [{ index, text: piece, finish_reason, logprobs: null }] })
}

/** The chunk most servers end a choice with */
export const STOP = text('', 'stop')

/** A stream of events that are written out as they go over the wire */
export function stream(...body: Piece[]): Answer {
  return { headers: { 'content-type': 'text/event-stream' }, body }
}

/** A stream of iterable length */
export function streamOf(body: Iterable<Piece>): Answer {
  return { headers: { 'content-type': 'text/event-stream' }, body }
}

/** One JSON document */
export function json(value: unknown, status = 200): Answer {
  return page(JSON.stringify(value), status, 'application/json')
}

/** Any other body */
export function page(body: string, status = 200, type = 'text/plain'): Answer {
  return { status, headers: { 'content-type': type }, body: body === '' ? [] : [body] }
}
