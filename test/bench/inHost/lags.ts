import { commands, workspace, type TextEditor } from 'vscode'
import { DONE, streamOf, text } from '../../support/answers.ts'
import { pause, type Piece } from '../../support/sseServer.ts'
import type { Lag } from '../lag.ts'
import { bareCompletion } from './bareExtension.ts'
import type { Bench } from './bench.ts'
import { closed, opened } from './editors.ts'

export interface LagOptions {
  /** Between two tokens, in ms */
  interval: number
  carets: number
  tokens: number
}

/** How long tokens that the server sends one after the other take into the document */
export async function lagOf(bench: Bench, options: LagOptions): Promise<Lag> {
  const { tokens, interval, carets } = options
  const cursors = carets === 1 ? '1 cursor' : `${carets} cursors`
  return {
    name: `lag of ${tokens} tokens at ${interval} ms, ${cursors}`,
    floor: await measured(bench, options, (editor) =>
      bareCompletion(bench.server.url.href, editor),
    ),
    infill: await measured(bench, options, () => commands.executeCommand('infill.complete')),
  }
}

/** The lag of each token in ms, from the least to the most */
async function measured(
  bench: Bench,
  { interval, carets, tokens }: LagOptions,
  complete: (editor: TextEditor) => Thenable<unknown>,
): Promise<number[]> {
  const sent = new Map<string, number>()
  let requests = 0
  function* body(request: number): Generator<Piece> {
    for (let token = 0; token < tokens; token++) {
      yield pause(interval)
      const name = `_${request}_${token};`
      sent.set(name, performance.now())
      yield text(name)
    }
    yield text('', 'stop')
    yield DONE
  }
  bench.respond(() => streamOf(body(requests++)))
  const editor = await opened('const a = 1\n'.repeat(12), carets)
  const values: number[] = []
  const listener = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document !== editor.document) return
    for (const change of contentChanges) {
      for (const [name] of change.text.matchAll(/_\d+_\d+;/g)) {
        values.push(performance.now() - (sent.get(name) ?? Number.NaN))
      }
    }
  })
  await complete(editor)
  listener.dispose()
  await closed()
  const all = tokens * carets
  if (values.length !== all) throw new Error(`${values.length} of ${all} tokens were inserted.`)
  return values.toSorted((a, b) => a - b)
}
