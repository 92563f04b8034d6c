import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  commands,
  ConfigurationTarget,
  Selection,
  Uri,
  window,
  workspace,
  type Position,
  type TextDocument,
  type TextEditor,
} from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { pause } from '../support/sseServer.ts'
import { complete, drawn, openText, useServer } from './support.ts'

/**
 * Maximum time that the extension host may be blocked at once, in ms. Longer delays affect the
 * whole editor.
 */
const LIMIT = 50

/** The streamed text: code of several lines, in pieces as small as tokens */
const PIECES = Array.from({ length: 60 }, (_, index) =>
  index % 10 === 9 ? `)\n  call${index}(` : ` word${index},`,
)

const LINE_ENDS = PIECES.filter((piece) => piece.includes('\n')).length

const LINE = 'const x = { a: [1, 2, "three"], b: call(0) }; '

/** The longest time that the event loop of the extension host was blocked, in ms */
async function longestBlock(during: () => PromiseLike<unknown>): Promise<number> {
  const resolution = 1
  const delays = monitorEventLoopDelay({ resolution })
  delays.enable()
  // It measures from its first tick to its last.
  await sleep(20)
  delays.reset()
  await during()
  await sleep(20)
  delays.disable()
  return delays.max / 1e6 - resolution
}

suite('the size of a document', () => {
  const serve = useServer()
  let folder: string

  // Another extension in the same host reads the whole document at each edit.
  suiteSetup(() => setMergeConflict(false))
  suiteTeardown(() => setMergeConflict(undefined))

  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'infill-big-'))
  })
  teardown(() => rm(folder, { recursive: true }))

  for (const [what, before, after] of [
    ['an empty document', '|', 'x|'],
    ['the first position', '|foo\nbar', 'x|foo\nbar'],
    ['the last position', 'foo\nbar|', 'foo\nbarx|'],
    ['the last position, in an empty line', 'foo\n|', 'foo\nx|'],
  ] as const) {
    test(what, async () => {
      const server = await serve(stream(text('x'), STOP, DONE))
      const editor = await openText(before)
      await complete()
      assert.equal(drawn(editor), after)
      assert.equal(server.requests.length, 1)
    })
  }

  const big: [what: string, content: () => string][] = [
    ['a line of 1 MB', () => `first()\n${LINE.repeat(1_000_000 / LINE.length)}\nlast()`],
    ['20 MB of lines', () => `${LINE}\n`.repeat(20_000_000 / LINE.length)],
  ]
  for (const [what, content] of big) {
    test(what, async function () {
      this.timeout(180_000)
      const file = Uri.file(join(folder, 'big.txt'))
      await writeFile(file.fsPath, content())
      await serve(stream(...PIECES.flatMap((piece) => [text(piece), pause(5)]), STOP, DONE))
      const editor = await window.showTextDocument(await workspace.openTextDocument(file))
      // Opening it is VS Code's work, and code that the first run loads is loaded once.
      await blockedBy(complete, editor, editor.selection.active)
      const found: string[] = []
      for (const [where, caret] of places(editor.document)) {
        // The machine also runs other processes: a delay counts if it is in each of five rounds, and longer
        // than that of the same edits without Infill.
        const rounds: Round[] = []
        do {
          const own = await blockedBy(complete, editor, caret)
          rounds.push({ own, bare: await blockedBy(() => insertBare(editor), editor, caret) })
        } while (rounds.length < 5 && !rounds.some(isShort))
        const all = rounds.map(({ own, bare }) => `${own.toFixed(1)} ms (${bare.toFixed(1)} ms)`)
        found.push(`${where} ${all.at(-1)}`)
        assert.ok(rounds.some(isShort), `${where}: ${all.join(', ')}`)
      }
      if (this.test !== undefined) {
        this.test.title += `: blocked for (and by the same edits without Infill) ${found.join(', ')}`
      }
    })
  }
})

/** How long the event loop was blocked, in ms */
interface Round {
  own: number
  /** By the same edits without Infill */
  bare: number
}

function isShort({ own, bare }: Round): boolean {
  return own <= Math.max(LIMIT, bare)
}

function places(document: TextDocument): [where: string, caret: Position][] {
  const first = document.lineAt(0).range
  const middle = document.lineAt(document.lineCount >> 1).range
  const last = document.lineAt(document.lineCount - 1).range
  const within = middle.end.with({ character: middle.end.character >> 1 })
  return [
    ['start', first.start],
    ['before the middle line', middle.start],
    ['middle', within],
    ['after the middle line', middle.end],
    ['end', last.end],
  ]
}

/**
 * How long the event loop is blocked while the pieces are inserted at the cursor; they are removed
 * afterwards.
 */
async function blockedBy(
  insert: () => PromiseLike<unknown>,
  editor: TextEditor,
  caret: Position,
): Promise<number> {
  editor.selection = new Selection(caret, caret)
  const { lineCount } = editor.document
  const blocked = await longestBlock(insert)
  assert.equal(editor.document.lineCount, lineCount + LINE_ENDS)
  await commands.executeCommand('undo')
  assert.equal(editor.document.lineCount, lineCount)
  return blocked
}

async function setMergeConflict(enabled: false | undefined): Promise<void> {
  const settings = workspace.getConfiguration('merge-conflict')
  for (const part of ['codeLens.enabled', 'decorators.enabled']) {
    await settings.update(part, enabled, ConfigurationTarget.Global)
  }
}

/** The same text in as many edits, by VS Code alone */
async function insertBare(editor: TextEditor): Promise<void> {
  for (const [index, piece] of PIECES.entries()) {
    await editor.edit((edit) => edit.insert(editor.selection.active, piece), {
      undoStopBefore: index === 0,
      undoStopAfter: false,
    })
    await sleep(5)
  }
}
