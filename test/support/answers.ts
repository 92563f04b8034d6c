import type { Answer, Piece } from './sseServer.ts'

/** Responses of completions servers, for the scripted server */

/** The event with which most servers end a stream */
export const DONE = 'data: [DONE]\n\n'

/** One event with a JSON value */
export function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

/** One chunk with text of a choice, by default the first */
export function text(piece: string, finish_reason: string | null = null, index = 0): string {
  return event({ choices: [{ index, text: piece, finish_reason, logprobs: null }] })
}

/** The chunk with which most servers end a choice */
export const STOP = text('', 'stop')

/** An event stream. Each piece of its body is written as it is. */
export function stream(...body: Piece[]): Answer {
  return { headers: { 'content-type': 'text/event-stream' }, body }
}

/** An event stream of any length, even an infinite one */
export function streamOf(body: Iterable<Piece>): Answer {
  return { headers: { 'content-type': 'text/event-stream' }, body }
}

/** A JSON body */
export function json(value: unknown, status = 200): Answer {
  return page(JSON.stringify(value), status, 'application/json')
}

/** Any other body */
export function page(body: string, status = 200, type = 'text/plain'): Answer {
  return { status, headers: { 'content-type': type }, body: body === '' ? [] : [body] }
}
