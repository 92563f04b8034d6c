import type { AnyEditor } from '../../launcher/choose.ts'
import { defaultKey } from '../../launcher/keys.ts'
import type { Editor } from '../../launcher/open.ts'
import { openFile } from '../../launcher/user.ts'
import { DONE, stream, text } from '../../support/answers.ts'
import { startServer, type ScriptedServer } from '../../support/sseServer.ts'
import type { Figure } from '../figure.ts'
import { openBenchEditor } from './benchEditor.ts'
import { now, press, undone } from './press.ts'

const KEYS = { infill: defaultKey('infill.complete'), floor: 'Shift+Alt+F10' }

type Who = keyof typeof KEYS

const LINE = 'const total = items.reduce((sum, item) => sum + item.price, 0)\n'
const sized = (bytes: number): string => LINE.repeat(Math.ceil(bytes / LINE.length))

/** In ms: code that is loaded ahead has been loaded. */
const IDLE = 5000

interface Driver {
  editor: Editor
  /** Presses the key of one of the two, and returns the time to the request and to the first text. */
  measure: (who: Who) => Promise<{ request: number; visible: number }>
  close: () => Promise<void>
}

async function drive(chosen: AnyEditor, files: Record<string, string>): Promise<Driver> {
  let arrivedAt = 0
  let presses = 0
  const server: ScriptedServer = await startServer(() => {
    arrivedAt = now()
    return stream(text(`seen${presses}`, 'stop'), DONE)
  })
  try {
    const editor = await openBenchEditor({
      chosen,
      files,
      endpoint: new URL('.', server.url).href,
      env: { INFILL_BENCH_URL: server.url.href },
    })
    return {
      editor,
      async measure(who) {
        const expected = `seen${++presses}`
        const { downAt, visibleAt } = await press(editor.page, KEYS[who], expected)
        await undone(editor.page, expected)
        return { request: arrivedAt - downAt, visible: visibleAt - downAt }
      },
      async close() {
        await editor.close()
        await server.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

const ORDERS: readonly (readonly Who[])[] = [
  ['infill', 'floor'],
  ['floor', 'infill'],
]

const DOCUMENTS = { '100 KB': 100_000, '1 MB': 1_000_000, '20 MB': 20_000_000 }

/** From a key press to the request, and to the first character on screen, in documents of three sizes */
export async function keyFigures(chosen: AnyEditor, rounds: number): Promise<Figure[]> {
  const sizes = Object.entries(DOCUMENTS)
  const nameOf = (size: string): string => `${size.replace(' ', '')}.js`
  const files = sizes.map(([size, bytes]) => [nameOf(size), sized(bytes)])
  const driver = await drive(chosen, Object.fromEntries(files))
  const figures: Figure[] = []
  try {
    for (const [size, bytes] of sizes) {
      const line = Math.floor(bytes / LINE.length / 2)
      await openFile(driver.editor, nameOf(size), { line, column: 7 })
      await new Promise((resolve) => setTimeout(resolve, IDLE))
      const request = emptyFigure(`key press → request, ${size}`, 1.5)
      const visible = emptyFigure(`key press → first character visible, ${size}`, 1.2)
      for (let round = 0; round <= rounds; round++) {
        for (const who of ORDERS[round % 2] ?? []) {
          const found = await driver.measure(who)
          if (round === 0) continue
          request[who].push(found.request)
          visible[who].push(found.visible)
        }
      }
      figures.push(request, visible)
    }
  } finally {
    await driver.close()
  }
  return figures
}

/** From the first key press in a new window to the request. Each round opens a window. */
export async function firstKeyFigure(chosen: AnyEditor, rounds: number): Promise<Figure> {
  const figure = emptyFigure('first completion of a window: key press → request', 1.5)
  for (let round = 0; round < rounds; round++) {
    const driver = await drive(chosen, { 'first.js': sized(100_000) })
    try {
      await openFile(driver.editor, 'first.js', { line: 800, column: 7 })
      await new Promise((resolve) => setTimeout(resolve, IDLE))
      for (const who of ORDERS[round % 2] ?? []) {
        figure[who].push((await driver.measure(who)).request)
      }
    } finally {
      await driver.close()
    }
  }
  return figure
}

function emptyFigure(name: string, ratio: number): Figure {
  return { name, unit: 'ms', infill: [], floor: [], ratio, more: 0 }
}
