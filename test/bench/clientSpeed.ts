import { createParser } from 'eventsource-parser'
import OpenAI from 'openai'
import { createClient, type Send } from '../../src/completions/index.ts'
import { DONE, STOP } from '../support/answers.ts'

/** As servers under load send them: several events in one piece */
const EVENTS_PER_PIECE = 40

const EVENT = `data: ${JSON.stringify({
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1_760_000_000,
  model: 'm',
  choices: [{ index: 0, text: ' tok', logprobs: null, finish_reason: null }],
})}\n\n`
const PIECE = new TextEncoder().encode(EVENT.repeat(EVENTS_PER_PIECE))

async function* body(chunks: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < chunks; sent += EVENTS_PER_PIECE) yield PIECE
  yield new TextEncoder().encode(STOP + DONE)
}

/** Reads a stream of so many chunks and returns how many arrived. */
export type Reader = (chunks: number) => Promise<number>

/** Infill's client, the `openai` client, and what no client can do without */
export const READERS = {
  async infill(chunks) {
    const send: Send = async () => ({ status: 200, header: () => undefined, body: body(chunks) })
    const base = new URL('http://localhost/v1')
    const client = createClient({
      base,
      apiKey: null,
      firstTokenTimeout: 60,
      idleTimeout: 30,
      send,
    })
    let count = 0
    for await (const _ of client.createStreaming({ model: 'm', prompt: 'x', max_tokens: 1 }))
      count++
    return count
  },

  async openai(chunks) {
    const fetch = async (): Promise<Response> =>
      new Response(ReadableStream.from(body(chunks)), {
        headers: { 'content-type': 'text/event-stream' },
      })
    const client = new OpenAI({ apiKey: 'x', baseURL: 'http://localhost/v1', fetch })
    let count = 0
    const stream = await client.completions.create({ model: 'm', prompt: 'x', stream: true })
    for await (const _ of stream) count++
    return count
  },

  async 'eventsource-parser and JSON'(chunks) {
    let count = 0
    const parser = createParser({
      onEvent({ data }) {
        if (data === '[DONE]') return
        JSON.parse(data)
        count++
      },
    })
    const decoder = new TextDecoder()
    for await (const bytes of body(chunks)) parser.feed(decoder.decode(bytes, { stream: true }))
    return count
  },
} as const satisfies Readonly<Record<string, Reader>>

export type ReaderName = keyof typeof READERS

/** The times of each reader in ms, side by side in each round */
export async function timesOf(
  chunks: number,
  rounds: number,
): Promise<Readonly<Record<ReaderName, number[]>>> {
  const times = { infill: [], openai: [], 'eventsource-parser and JSON': [] } as Record<
    ReaderName,
    number[]
  >
  for (let round = 0; round < rounds; round++) {
    for (const [name, read] of Object.entries(READERS) as [ReaderName, Reader][]) {
      const start = performance.now()
      const count = await read(chunks)
      if (count < chunks) throw new Error(`${name} has read ${count} chunks of ${chunks}.`)
      times[name].push(performance.now() - start)
    }
  }
  return times
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** At most twice the time of the parser, and at least twice as fast as `openai` */
export const BOUNDS = { parser: 2, openai: 2 }

/** How the client compares with the others: each side of a bound */
export function ratiosOf(times: Readonly<Record<ReaderName, readonly number[]>>): {
  parser: number
  openai: number
} {
  const own = median(times.infill)
  return {
    parser: own / median(times['eventsource-parser and JSON']),
    openai: median(times.openai) / own,
  }
}
