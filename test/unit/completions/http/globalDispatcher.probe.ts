import process from 'node:process'
import { createClient, createTransport } from '../../../../src/completions/index.ts'

/** Runs in a separate process with unmodified globals; see `globalDispatcher.test.ts`. */
const [, , url = '', wrap = 'false'] = process.argv
const symbols = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(Symbol.for)
const installed = () => symbols.map((symbol) => Reflect.get(globalThis, symbol))

let dispatched = 0
if (wrap === 'true') {
  await import('node:http')
  const [own] = installed()
  // What VS Code and other extensions do: their own dispatcher round the one that was there. The
  // newer symbol is empty in older Nodes, and then undici overwrites both.
  Reflect.set(globalThis, symbols[1]!, undefined)
  Reflect.set(globalThis, symbols[0]!, {
    dispatch(options: unknown, handler: unknown): unknown {
      dispatched += 1
      return own.dispatch(options, handler)
    },
  })
}

const before = installed()
const transport = await createTransport()
const loaded = installed()
const client = createClient({
  base: new URL(url),
  apiKey: null,
  firstTokenTimeout: 1,
  idleTimeout: 1,
  send: transport.send,
})
const { choices } = await client.create({ model: 'm', prompt: 'p', max_tokens: 1 })
const requested = installed()
const dispatchedByClient = dispatched
const response = await fetch(url, { method: 'POST' })

process.send?.({
  hadSomething: before[0] !== undefined,
  untouched: symbols.every((_, at) => before[at] === loaded[at] && before[at] === requested[at]),
  completed: choices[0]?.text,
  dispatchedByClient,
  fetched: response.status,
  dispatchedByFetch: dispatched - dispatchedByClient,
})
await response.text()
await transport.close()
process.disconnect()
