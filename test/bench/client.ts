// Measures the client in plain Node: npm run bench -- client [--json]
//
// 200,000 chunks, beside the `openai` client and what every client has to do: parse events and JSON.
// Exits with 1 when a bound is missed.
import process from 'node:process'
import { usedHeap } from '../support/heap.ts'
import { BOUNDS, median, ratiosOf, timesOf } from './clientSpeed.ts'

const CHUNKS = 200_000
const ROUNDS = 10
const MILLION = 1_000_000

const times = await timesOf(CHUNKS, ROUNDS)
const { parser, openai } = ratiosOf(times)
const figures = Object.fromEntries(
  Object.entries(times).map(([name, values]) => [
    name,
    { median: median(values), least: Math.min(...values), most: Math.max(...values) },
  ]),
)

/** The growth of the heap while a million chunks are read, in MB */
async function growth(): Promise<number> {
  const { READERS } = await import('./clientSpeed.ts')
  await READERS.infill(CHUNKS)
  const before = usedHeap()
  await READERS.infill(MILLION)
  return (usedHeap() - before) / 1024 / 1024
}

const megabytes = await growth()
const isMet = parser <= BOUNDS.parser && openai >= BOUNDS.openai
if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify({ chunks: CHUNKS, figures, parser, openai, megabytes, isMet }, null, 2),
  )
} else {
  console.log(`${CHUNKS} chunks, ${ROUNDS} rounds, in ms:`)
  for (const [name, { median: middle, least, most }] of Object.entries(figures)) {
    console.log(
      `  ${name.padEnd(28)} ${middle.toFixed(0)} (${least.toFixed(0)}…${most.toFixed(0)})`,
    )
  }
  console.log(`of the parser: ${parser.toFixed(2)} × (at most ${BOUNDS.parser})`)
  console.log(`faster than openai: ${openai.toFixed(2)} × (at least ${BOUNDS.openai})`)
  console.log(`heap after ${MILLION} chunks: ${megabytes.toFixed(1)} MB more`)
}
if (!isMet) process.exitCode = 1
