import { commands } from 'vscode'
import { DONE, stream, text } from '../../support/answers.ts'
import type { Figure } from '../figure.ts'
import { bareRequest } from './bareExtension.ts'
import { alternately, type Bench } from './bench.ts'
import { closed, opened } from './editors.ts'

const ONE = stream(text('x', 'stop'), DONE)

/** From the command to the request, in the same document again or in one that was just opened */
export async function untilRequest(
  bench: Bench,
  name: string,
  content: string,
  isNew: boolean,
): Promise<Figure> {
  bench.respond(() => ONE)
  const url = bench.server.url.href
  const infill: number[] = []
  const floor: number[] = []
  let editor = await opened(content)
  const renewed = async (): Promise<void> => {
    if (!isNew) return
    await closed()
    editor = await opened(content)
  }
  await alternately(
    bench.rounds,
    async (isCounted) => {
      await renewed()
      const start = performance.now()
      await commands.executeCommand('infill.complete')
      if (isCounted) infill.push(bench.arrivedAt() - start)
      await commands.executeCommand('undo')
    },
    async (isCounted) => {
      await renewed()
      const start = performance.now()
      const response = await bareRequest(url, editor.document, editor.selection.active)
      await response.text()
      if (isCounted) floor.push(bench.arrivedAt() - start)
    },
  )
  await closed()
  return { name: `command → request, ${name}`, unit: 'ms', infill, floor, ratio: 1.5, more: 1 }
}
