import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { AnyEditor } from '../../launcher/choose.ts'
import { until } from '../../launcher/run.ts'
import type { Figure } from '../figure.ts'
import { openBenchEditor } from './benchEditor.ts'

const INFILL = 'infill.infill'
const BARE = 'bench.bare'

/** What the probe sends, in the order of the activations */
interface Activation {
  id: string
  /** Whether VS Code had activated it before */
  isActive: boolean
  /** In ms */
  wall: number
  /** Growth of the heap in MB */
  heap: number
  /** The same, with what is loaded when VS Code has started */
  loaded: number
}

/** The first activation of the extension by a call, beside a bare extension. Each round opens a window. */
export async function activationFigures(chosen: AnyEditor, rounds: number): Promise<Figure[]> {
  const wall: Figure = { ...EMPTY, name: 'activation', unit: 'ms', infill: [], floor: [] }
  const heap: Figure = { ...wall, name: 'heap after activation', unit: 'MB', infill: [], floor: [] }
  const loaded: Figure = { ...heap, name: 'heap 1.5 s later', infill: [], floor: [] }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [INFILL, BARE] : [BARE, INFILL]
    for (const activation of await activationsOf(chosen, order)) {
      if (activation.isActive) throw new Error(`${activation.id} was active before.`)
      const who = activation.id === INFILL ? 'infill' : 'floor'
      wall[who].push(activation.wall)
      heap[who].push(activation.heap)
      loaded[who].push(activation.loaded)
    }
  }
  return [wall, { ...heap, ratio: 1, more: 0.5 }, { ...loaded, ratio: 1, more: 1 }]
}

const EMPTY = { ratio: 1.5, more: 0 }

async function activationsOf(chosen: AnyEditor, order: string[]): Promise<Activation[]> {
  let received: Activation[] | undefined
  const server = createServer((request, response) => {
    void (async () => {
      received = JSON.parse(await text(request))
      response.end()
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const editor = await openBenchEditor({
      chosen,
      files: { 'a.js': 'let a\n' },
      endpoint: 'http://127.0.0.1:9/v1',
      env: {
        INFILL_BENCH_PROBE: `http://127.0.0.1:${port}/`,
        INFILL_BENCH_ORDER: order.join(' '),
      },
      isActivated: false,
    })
    try {
      return await until('the probe', () => received)
    } finally {
      await editor.close()
    }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}
