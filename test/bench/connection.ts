// Measures the time to the request over TLS with a round trip of 50 ms: npm run bench -- connection [--json]
import process from 'node:process'
import { createTransport, type Transport } from '../../src/completions/index.ts'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold, startServer, type Answer } from '../support/sseServer.ts'
import { slowRelay } from '../support/slowRelay.ts'
import { selfSigned } from '../unit/completions/http/certificate.ts'
import { secured } from '../unit/completions/http/secureServer.ts'
import { isMet, middle, rowOf, HEADER, type Figure } from './figure.ts'

const ROUNDS = 12
/** Of each direction, in ms */
const DELAY = 25
/** Longer than a handshake, in ms */
const PAUSE = 300

const WHOLE = stream(text('a'), STOP, DONE)
let answer: Answer = WHOLE
let arrivedAt = 0
const server = await startServer(() => {
  arrivedAt = performance.now()
  return answer
})
const tls = await secured(server.url, selfSigned('127.0.0.1'))
const relay = await slowRelay(tls.port, DELAY)
const url = new URL(`https://127.0.0.1:${relay.port}/v1/completions`)

/** The time to the arrival of a request, which is read to its end */
async function measured({ send }: Transport): Promise<number> {
  answer = WHOLE
  const start = performance.now()
  const { body } = await send({ method: 'POST', url, headers: {}, body: '{}' }, NEVER)
  for await (const _ of body);
  return arrivedAt - start
}
const NEVER = new AbortController().signal

/** Cancels a stream after its first piece. */
async function cancelled({ send }: Transport): Promise<void> {
  answer = stream(text('a'), hold)
  const { body } = await send({ method: 'POST', url, headers: {}, body: '{}' }, NEVER)
  for await (const _ of body) break
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE))
const times = { cold: [], free: [], ahead: [], afterCancel: [] } as Record<
  'cold' | 'free' | 'ahead' | 'afterCancel',
  number[]
>
for (let round = 0; round < ROUNDS; round++) {
  const transport = await createTransport({ strictSSL: false })
  times.cold.push(await measured(transport))
  await pause()
  times.free.push(await measured(transport))
  await pause()
  await cancelled(transport)
  await pause()
  times.afterCancel.push(await measured(transport))
  await transport.close()
  const another = await createTransport({ strictSSL: false })
  await another.open(url)
  await pause()
  times.ahead.push(await measured(another))
  await another.close()
}
await relay.close()
await tls.close()
await server.close()

// The floor is a request over a new connection: the bounds say what a connection ahead gains.
const figure = (name: string, infill: number[]): Figure => ({
  name,
  unit: 'ms',
  infill,
  floor: times.cold,
  ratio: 0.5,
  more: 0,
})
const figures = [
  figure('request over a connection that is free', times.free),
  figure('request over a connection that was opened ahead', times.ahead),
  figure('request after a cancelled stream', times.afterCancel),
]
const all = figures.every((each) => isMet(each))
if (process.argv.includes('--json')) console.log(JSON.stringify({ figures, isMet: all }, null, 2))
else console.log([HEADER.replace('floor', 'new  '), ...figures.map(rowOf)].join('\n'))
console.error(`round trip ${2 * DELAY} ms, new connection ${middle(times.cold).toFixed(0)} ms`)
if (!all) process.exitCode = 1
