import { commands, Range, Selection, window, workspace, type TextEditor } from 'vscode'
import { DONE, stream, streamOf, text } from '../support/answers.ts'
import { pause, type Answer, type Piece, type ScriptedServer } from '../support/sseServer.ts'

/** A figure of Infill beside its floor: a bare extension with `fetch`, in the same editor and run */
export interface Figure {
  name: string
  infill: number[]
  floor: number[]
  /** The bound is `floor × ratio + more`, in ms. */
  ratio: number
  more: number
}

export interface Bench {
  server: ScriptedServer
  respond: (answer: Answer) => void
  /** When the last request arrived */
  arrivedAt: () => number
  rounds: number
}

const SMALL =
  'function total(items) {\n  return items.reduce((sum, item) => sum + item.price, 0)\n}\n'
const MEGABYTE = SMALL.repeat(Math.ceil(1_000_000 / SMALL.length))
const ONE = stream(text('x', 'stop'), DONE)

/** What a bare extension does: reads the text around the cursor and sends it. */
async function bareRequest(url: string, { document, selection }: TextEditor): Promise<Response> {
  const { line } = selection.active
  const near = (from: number, to: number): string =>
    document.getText(new Range(Math.max(0, from), 0, Math.max(0, to), 0))
  const body = { model: 'm', prompt: near(line - 150, line), suffix: near(line, line + 50) }
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, max_tokens: 256, stream: true }),
  })
}

/** What a bare extension does with the response: one edit at a time, of all that has arrived. */
async function bareCompletion(url: string, editor: TextEditor): Promise<void> {
  const response = await bareRequest(url, editor)
  let pending = ''
  let editing: Promise<void> | null = null
  const flush = async (): Promise<void> => {
    while (pending !== '') {
      const next = pending
      pending = ''
      await editor.edit((edit) => edit.insert(editor.selection.active, next), {
        undoStopBefore: false,
        undoStopAfter: false,
      })
    }
    editing = null
  }
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of response.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue
      pending += String(JSON.parse(line.slice(6)).choices[0]?.text ?? '')
    }
    editing ??= flush()
  }
  await editing
}

async function opened(content: string): Promise<TextEditor> {
  const document = await workspace.openTextDocument({ language: 'javascript', content })
  const editor = await window.showTextDocument(document)
  const line = Math.floor(document.lineCount / 2)
  editor.selection = new Selection(line, 2, line, 2)
  return editor
}

async function closed(): Promise<void> {
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
}

/** From the command to the request, in the same document again or in one that was just opened */
async function untilRequest(
  bench: Bench,
  name: string,
  content: string,
  isNew: boolean,
): Promise<Figure> {
  bench.respond(ONE)
  const url = bench.server.url.href
  const infill: number[] = []
  const floor: number[] = []
  let editor = await opened(content)
  for (let round = 0; round <= bench.rounds; round++) {
    for (const times of round % 2 === 0 ? [infill, floor] : [floor, infill]) {
      if (isNew) {
        await closed()
        editor = await opened(content)
      }
      const start = performance.now()
      if (times === infill) await commands.executeCommand('infill.complete')
      else await (await bareRequest(url, editor)).text()
      // The first round loads code.
      if (round > 0) times.push(bench.arrivedAt() - start)
      if (times === infill) await commands.executeCommand('undo')
    }
  }
  await closed()
  return { name, infill, floor, ratio: 1.5, more: 1 }
}

const TOKENS = 5_000

/** From the command until the last of many tokens, which arrive at once, is in the document */
async function burst(bench: Bench): Promise<Figure> {
  const tokens = Array.from({ length: TOKENS }, (_, index) =>
    text(index % 12 === 11 ? ';\n' : ` t${index}`),
  )
  bench.respond(stream(...tokens, text('', 'stop'), DONE))
  const infill: number[] = []
  const floor: number[] = []
  for (let round = 0; round <= bench.rounds; round++) {
    for (const times of round % 2 === 0 ? [infill, floor] : [floor, infill]) {
      const editor = await opened(SMALL)
      const start = performance.now()
      if (times === infill) await commands.executeCommand('infill.complete')
      else await bareCompletion(bench.server.url.href, editor)
      if (round > 0) times.push(performance.now() - start)
      await closed()
    }
  }
  return { name: `${TOKENS} tokens at once`, infill, floor, ratio: 1.2, more: 30 }
}

/** How long after its sending each of 200 tokens is in the document, at 20 ms each */
export async function lags(bench: Bench): Promise<number[]> {
  const sent: number[] = []
  function* body(): Generator<Piece> {
    for (let token = 0; token < 200; token++) {
      yield pause(20)
      sent.push(performance.now())
      yield text(`_${token}`)
    }
    yield text('', 'stop')
    yield DONE
  }
  bench.respond(streamOf(body()))
  const editor = await opened('const a = 1\n\n')
  const lag: number[] = []
  const listener = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document !== editor.document) return
    for (const { text: added } of contentChanges) {
      for (const [, token = ''] of added.matchAll(/_(\d+)/g)) {
        lag.push(performance.now() - (sent[Number(token)] ?? 0))
      }
    }
  })
  await commands.executeCommand('infill.complete')
  listener.dispose()
  await closed()
  return lag
}

export async function figures(bench: Bench): Promise<Figure[]> {
  return [
    await untilRequest(bench, 'command → request, same document', SMALL, false),
    await untilRequest(bench, 'command → request, same document, 1 MB', MEGABYTE, false),
    await untilRequest(bench, 'command → request, new document', SMALL, true),
    await untilRequest(bench, 'command → request, new document, 1 MB', MEGABYTE, true),
    await burst(bench),
  ]
}

export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** @param tolerance 1, or more where the machine has other work as well */
export function isMet({ infill, floor, ratio, more }: Figure, tolerance = 1): boolean {
  return middle(infill) <= (middle(floor) * ratio + more) * tolerance
}
