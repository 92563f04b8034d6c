import assert from 'node:assert/strict'
import {
  CodeAction,
  CodeActionKind,
  commands,
  languages,
  Position,
  Range,
  TextEdit,
  WorkspaceEdit,
  type ProviderResult,
  type TextDocument,
  type TextEditor,
} from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { useFiles } from './files.ts'
import { complete, drawn, gate, useDisposables, useServer, useSettings } from './support.ts'

const FILES = { pattern: '**/*.abc', language: 'plaintext' }

/** Two spaces or more become one, on each line of the range. */
function spaces(document: TextDocument, range: Range): TextEdit[] {
  const edits: TextEdit[] = []
  for (let line = range.start.line; line <= range.end.line; line++) {
    for (const { index, 0: found } of document.lineAt(line).text.matchAll(/ {2,}/g)) {
      edits.push(TextEdit.replace(new Range(line, index, line, index + found.length), ' '))
    }
  }
  return edits
}

/** The whole document in one edit, as some formatters return it */
function whole(document: TextDocument): TextEdit[] {
  const all = new Range(0, 0, document.lineCount, 0)
  return [TextEdit.replace(all, document.getText().replaceAll(/ {2,}/g, ' '))]
}

suite('after an insertion', () => {
  const serve = useServer()
  const files = useFiles()
  const set = useSettings()
  const keep = useDisposables()

  async function inserted(
    drawing: string,
    kind: string,
    completion = 'b  =  c',
  ): Promise<string[]> {
    await set('infill.afterInsert', kind)
    await serve(stream(text(completion.slice(0, 3)), text(completion.slice(3)), STOP, DONE))
    const editor = await files.open('a.abc', drawing)
    await complete()
    const after = drawn(editor)
    await commands.executeCommand('undo')
    return [after, drawn(editor)]
  }

  function format(
    edits: (document: TextDocument, range: Range) => ProviderResult<TextEdit[]>,
  ): void {
    keep(
      languages.registerDocumentRangeFormattingEditProvider(FILES, {
        provideDocumentRangeFormattingEdits: edits,
      }),
    )
  }

  /** A formatter that waits for `resolve` when it is called */
  function formatLate(): { called: Promise<void>; resolve: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>()
    const called = gate()
    format(async (document, range) => {
      called.open()
      await promise
      return spaces(document, range)
    })
    return { called: called.opened, resolve }
  }

  /** Starts a completion whose formatter works. */
  async function formatting(
    called: Promise<void>,
    drawing = '|\n',
  ): Promise<{ editor: TextEditor; run: Thenable<unknown> }> {
    await set('editor.formatOnSave', true)
    await set('infill.afterInsert', 'format')
    await serve(stream(text('b  =  c'), text('d', 'stop', 1), STOP, DONE))
    const editor = await files.open('a.abc', drawing)
    const run = complete()
    await called
    return { editor, run }
  }

  /** Imports as TypeScript adds them: an own line, or a name in a line that is there */
  function addImports(edits: (document: TextDocument) => TextEdit[]): void {
    const metadata = { providedCodeActionKinds: [CodeActionKind.Source] }
    const provider = {
      provideCodeActions(document: TextDocument) {
        const kind = CodeActionKind.Source.append('addMissingImports').append('abc')
        const action = new CodeAction('Add imports', kind)
        action.edit = new WorkspaceEdit()
        action.edit.set(document.uri, edits(document))
        return [action]
      },
    }
    keep(languages.registerCodeActionsProvider(FILES, provider, metadata))
  }

  for (const eol of ['\n', '\r\n']) {
    test(`only the inserted text is formatted, in its undo step: ${JSON.stringify(eol)}`, async () => {
      format(spaces)
      await set('editor.formatOnSave', true)
      const drawing = `a  =  1${eol}x  |  y${eol}z  =  2`
      assert.deepEqual(await inserted(drawing, 'format'), [
        'a  =  1\nx  b = c|  y\nz  =  2',
        'a  =  1\nx  |  y\nz  =  2',
      ])
    })
  }

  test('several lines are formatted', async () => {
    format(spaces)
    await set('editor.formatOnPaste', true)
    const [after] = await inserted('{\n|\n}', 'format', 'b  =  c\nd  =  e')
    assert.equal(after, '{\nb = c\nd = e|\n}')
  })

  test('of an edit of the whole document, only the part of the inserted text is used', async () => {
    format(whole)
    await set('editor.formatOnSave', true)
    const [after] = await inserted('a  =  1\n|\n', 'format')
    assert.equal(after, 'a  =  1\nb = c|\n')
  })

  test('nothing is formatted where VS Code’s settings or Infill’s do not ask for it', async () => {
    format(spaces)
    const [after] = await inserted('|\n', 'format')
    assert.equal(after, 'b  =  c|\n')
    await set('editor.formatOnSave', true)
    const [other] = await inserted('|\n', 'none')
    assert.equal(other, 'b  =  c|\n')
  })

  test('imports of what the inserted text uses are added above it, and no others', async () => {
    addImports(() => [
      TextEdit.insert(new Position(0, 0), 'import { total } from sums\n'),
      TextEdit.insert(new Position(0, 9), ', other'),
      TextEdit.insert(new Position(0, 9), ', average'),
      TextEdit.replace(new Range(1, 0, 1, 3), 'OLD'),
    ])
    await set('editor.codeActionsOnSave', { 'source.addMissingImports': 'explicit' })
    const drawing = 'import { mean } from sums\nold\n|\n'
    assert.deepEqual(await inserted(drawing, 'organizeImports', 'average(total)'), [
      'import { total } from sums\nimport { , averagemean } from sums\nold\naverage(total)|\n',
      'import { mean } from sums\nold\n|\n',
    ])
    await set('editor.codeActionsOnSave', { 'source.addMissingImports': 'never' })
    const [after] = await inserted(drawing, 'organizeImports', 'average(total)')
    assert.equal(after, 'import { mean } from sums\nold\naverage(total)|\n')
  })

  test('the next alternative replaces what was formatted', async () => {
    format(spaces)
    await set('editor.formatOnSave', true)
    await set('infill.afterInsert', 'format')
    await set('infill.n', 2)
    await serve(stream(text('b  =  c'), text('d', 'stop', 1), STOP, DONE))
    const editor = await files.open('a.abc', 'x(|)\n')
    await complete()
    assert.equal(drawn(editor), 'x(b = c|)\n')
    await commands.executeCommand('infill.nextAlternative')
    assert.equal(drawn(editor), 'x(d|)\n')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'x(|)\n')
  })

  test('what is typed while the formatter works stays, and nothing is formatted', async () => {
    const { called, resolve } = formatLate()
    const { editor, run } = await formatting(called)
    await commands.executeCommand('type', { text: 'd' })
    resolve()
    await run
    assert.equal(drawn(editor), 'b  =  cd|\n')
  })

  for (const [what, row, now] of [
    ['above it', 0, 'new\na\nd|\nz\n'],
    ['below it', 2, 'a\nd|\nnew\nz\n'],
  ] as const) {
    test(`the next alternative replaces only the insertion after an edit ${what} meanwhile`, async () => {
      const { called, resolve } = formatLate()
      await set('infill.n', 2)
      const { editor, run } = await formatting(called, 'a\n|\nz\n')
      await editor.edit((edit) => edit.insert(new Position(row, 0), 'new\n'))
      resolve()
      await run
      await commands.executeCommand('infill.nextAlternative')
      assert.equal(drawn(editor), now)
      await commands.executeCommand('undo')
      assert.equal(drawn(editor).replace('|', ''), now.replace('d|', 'b  =  c'))
    })
  }

  test('text that is undone while the formatter works is not the last insertion', async () => {
    const called = gate()
    format(() => {
      called.open()
      return new Promise(() => undefined)
    })
    await set('infill.n', 2)
    const { editor, run } = await formatting(called.opened, '|one two three\n')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '|one two three\n')
    await commands.executeCommand('infill.cancel')
    await run
    await commands.executeCommand('infill.nextAlternative')
    assert.equal(drawn(editor), '|one two three\n')
  })

  test('a formatter that never answers ends with the run', async () => {
    const called = gate()
    format(() => {
      called.open()
      return new Promise(() => undefined)
    })
    const { editor, run } = await formatting(called.opened)
    await commands.executeCommand('infill.cancel')
    await run
    assert.equal(drawn(editor), 'b  =  c|\n')
  })
})
