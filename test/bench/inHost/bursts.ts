import { commands } from 'vscode'
import { DONE, stream, text } from '../../support/answers.ts'
import type { Figure } from '../figure.ts'
import { bareCompletion } from './bareExtension.ts'
import { alternately, type Bench } from './bench.ts'
import { closed, opened } from './editors.ts'

const TOKENS = 5_000

/** From the command until the last of many tokens, which arrive at once, is in the document */
export async function burst(
  bench: Bench,
  name: string,
  content: string,
  carets: number,
): Promise<Figure> {
  const texts = Array.from({ length: TOKENS / carets }, (_, index) =>
    index % 12 === 11 ? ';\n' : ` t${index}`,
  )
  const answer = stream(...texts.map((each) => text(each)), text('', 'stop'), DONE)
  bench.respond(() => answer)
  const expected = content.length + texts.join('').length * carets
  const infill: number[] = []
  const floor: number[] = []
  const measured = async (
    complete: (editor: Awaited<ReturnType<typeof opened>>) => Thenable<unknown>,
  ): Promise<number> => {
    const editor = await opened(content, carets)
    const start = performance.now()
    await complete(editor)
    const time = performance.now() - start
    const { length } = editor.document.getText()
    if (length < expected) throw new Error(`${length} characters instead of ${expected}`)
    await closed()
    return time
  }
  await alternately(
    bench.rounds,
    async (isCounted) => {
      const time = await measured(() => commands.executeCommand('infill.complete'))
      if (isCounted) infill.push(time)
    },
    async (isCounted) => {
      const time = await measured((editor) => bareCompletion(bench.server.url.href, editor))
      if (isCounted) floor.push(time)
    },
  )
  return {
    name: `${TOKENS} tokens at once, ${name}`,
    unit: 'ms',
    infill,
    floor,
    ratio: 1.2,
    more: 30,
  }
}
