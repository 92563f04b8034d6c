import type { Exchange } from '../completions/exchange.ts'
import { isFields } from '../completions/fields.ts'
import type { Completion } from '../completions/types.ts'
import { pipe } from '../infill/filters/filter.ts'
import { tokensOf, type FimTemplate } from '../infill/templates.ts'
import { stopAt } from '../infill/filters/stopSequences.ts'
import { wholeCharacters } from '../infill/filters/wholeCharacters.ts'
import { removeEcho } from '../infill/filters/echo.ts'

/** What came back, as a user reads it: how it went, then all of it. */
export function printAnswer(exchange: Exchange, remarks: readonly string[]): string {
  const { status, failure, headers, chunks, completion, raw, firstChunkAfter, elapsed } = exchange
  // A stream is text and no JSON value: what it comes to is shown in its place.
  const isStream = typeof raw === 'string' && completion !== null
  const shown = {
    status,
    ...(failure !== null && { failure }),
    ...(remarks.length > 0 && { remarks }),
    ...(firstChunkAfter !== null && { firstChunkAfter: milliseconds(firstChunkAfter) }),
    inAll: milliseconds(elapsed),
    headers,
    ...(isStream && { chunks, completion }),
    // Of a stream that failed, the server's own words are in what could not be read.
    ...((!isStream || failure !== null) && { answer: raw }),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}

/** What of each choice belongs into a document: no echo, no stop sequence, no token of the model's. */
export function insertable(
  { choices }: Completion,
  body: unknown,
  template: FimTemplate | null,
): string[] {
  const { echo, prompt, stop } = isFields(body) ? body : {}
  const echoed = echo === true && typeof prompt === 'string' ? prompt : ''
  const stops = [stop].flat().filter((each) => typeof each === 'string')
  const marks = [...stops, ...(template === null ? [] : tokensOf(template))]
  return choices.map(({ text }) => {
    const filter = pipe(removeEcho(echoed), stopAt(marks), wholeCharacters())
    const taken = filter.take(text)
    return filter.ended ? taken : taken + filter.rest()
  })
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`
}
