// `node test/live/record.ts FILE`: records responses of the llama-server of this system, for
// test/fixtures/llama-server. The models should have random weights, and small vocabularies.
import { writeFile } from 'node:fs/promises'
import { llamaHere, startLlama, type LlamaOptions, type LlamaServer } from './llamaServer.ts'

interface Exchange {
  name: string
  request: string | null
  status: number
  contentType: string
  body: string
}

interface Recorded {
  name: string
  path: string
  body?: object
  key?: string
}

const PROMPT = 'function add(a, b) {\n  return '
const completion = { prompt: PROMPT, max_tokens: 4 }
const infill = { input_prefix: PROMPT, input_suffix: '\n}\n', n_predict: 4 }
const tooLong = 'x '.repeat(1100)
const stream = { stream: true }

const COMPLETIONS = '/v1/completions'

/** Slots of 1,024 tokens, and a model with FIM tokens */
const ready: readonly Recorded[] = [
  { name: 'x-models', path: '/v1/models' },
  { name: 'x-slots', path: '/slots' },
  { name: 'c-plain', path: COMPLETIONS, body: completion },
  { name: 'c-stream', path: COMPLETIONS, body: { ...completion, ...stream } },
  {
    name: 'c-usage-stream',
    path: COMPLETIONS,
    body: { ...completion, ...stream, stream_options: { include_usage: true } },
  },
  {
    name: 'c-suffix-stream',
    path: COMPLETIONS,
    body: { ...completion, ...stream, suffix: '\n}\n' },
  },
  { name: 'c-logprobs-stream', path: COMPLETIONS, body: { ...completion, ...stream, logprobs: 2 } },
  { name: 'c-n2-stream', path: COMPLETIONS, body: { ...completion, ...stream, n: 2 } },
  { name: 'c-n3-stream', path: COMPLETIONS, body: { ...completion, ...stream, n: 3 } },
  {
    name: 'c-grammar-stream',
    path: COMPLETIONS,
    body: { ...completion, ...stream, max_tokens: 16, grammar: 'root ::= "a + b"' },
  },
  {
    name: 'c-context-full',
    path: COMPLETIONS,
    body: { prompt: 'x'.padEnd(2 * 1015, ' x'), max_tokens: 64, ignore_eos: true },
  },
  {
    name: 'e-context-stream',
    path: COMPLETIONS,
    body: { ...completion, ...stream, prompt: tooLong },
  },
  { name: 'e-context', path: COMPLETIONS, body: { ...completion, prompt: tooLong } },
  {
    name: 'e-grammar-stream',
    path: COMPLETIONS,
    body: { ...completion, ...stream, grammar: 'root ::= (' },
  },
  { name: 'i-plain', path: '/infill', body: infill },
  { name: 'i-stream', path: '/infill', body: { ...infill, ...stream } },
  { name: 'i-logprobs-stream', path: '/infill', body: { ...infill, ...stream, n_probs: 2 } },
  { name: 'i-n2-stream', path: '/infill', body: { ...infill, ...stream, n: 2 } },
  {
    name: 'i-grammar-stream',
    path: '/infill',
    body: { ...infill, ...stream, n_predict: 16, grammar: 'root ::= "a + b"' },
  },
  {
    name: 'i-context-stream',
    path: '/infill',
    body: { ...infill, ...stream, input_prefix: tooLong },
  },
]

const withoutFim: readonly Recorded[] = [
  { name: 'i-nofim-stream', path: '/infill', body: { ...infill, ...stream } },
]

const withKey: readonly Recorded[] = [
  { name: 'x-key-models', path: '/v1/models', key: 'wrong' },
  { name: 'e-key-stream', path: COMPLETIONS, body: { ...completion, ...stream }, key: 'wrong' },
  { name: 'i-key-stream', path: '/infill', body: { ...infill, ...stream }, key: 'wrong' },
]

const loading: readonly Recorded[] = [
  { name: 'x-loading-models', path: '/v1/models' },
  { name: 'e-loading-stream', path: COMPLETIONS, body: { ...completion, ...stream } },
  { name: 'i-loading-stream', path: '/infill', body: { ...infill, ...stream } },
]

async function record(server: LlamaServer, { name, path, key, body }: Recorded): Promise<Exchange> {
  const request = body === undefined ? undefined : JSON.stringify(body)
  const response = await server.fetch(path, {
    ...(request !== undefined && { body: request }),
    ...(key !== undefined && { key }),
  })
  return {
    name,
    request: request ?? null,
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await response.text(),
  }
}

async function recordAll(
  options: LlamaOptions,
  list: readonly Recorded[],
  isReady = true,
): Promise<Exchange[]> {
  const server = await startLlama({ alias: 'tiny-fim', context: 2048, slots: 2, ...options })
  try {
    if (isReady) await server.ready()
    const exchanges: Exchange[] = []
    for (const each of list) exchanges.push(await record(server, each))
    return exchanges
  } finally {
    await server.stop()
  }
}

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('node test/live/record.ts FILE')
const { modelWithoutFim } = llamaHere()
const exchanges = [
  ...(await recordAll({}, ready)),
  ...(modelWithoutFim === undefined
    ? []
    : await recordAll({ alias: 'tiny', model: modelWithoutFim }, withoutFim)),
  ...(await recordAll({ apiKey: 'right' }, withKey)),
  ...(await recordAll({}, loading, false)),
].toSorted((a, b) => (a.name < b.name ? -1 : 1))
await writeFile(file, `${JSON.stringify(exchanges, null, 2)}\n`)
for (const { name, status, body } of exchanges) console.log(`${name} ${status} ${body.length}`)
