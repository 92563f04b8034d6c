import assert from 'node:assert/strict'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  commands,
  NotebookCellData,
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  NotebookData,
  NotebookRange,
  Position,
  Selection,
  Uri,
  window,
  workspace,
  type NotebookDocument,
  type TextEditor,
} from 'vscode'
import { marked } from '../support/marked.ts'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold, pause, until, type ScriptedServer } from '../support/sseServer.ts'
import { complete, configure, drawn, gate, undoEndsIt, untilText, useServer } from './support.ts'
import { until as untilThere } from './previewed.ts'

const code = (value: string): NotebookCellData =>
  new NotebookCellData(NotebookCellKind.Code, value, 'python')
const markup = (value: string): NotebookCellData =>
  new NotebookCellData(NotebookCellKind.Markup, value, 'markdown')

suite('notebooks', () => {
  const serve = useServer()
  let file: string | undefined

  teardown(async () => {
    while (window.activeNotebookEditor !== undefined) {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
    }
    await configure({ exclude: undefined })
    if (file !== undefined) await rm(file)
    file = undefined
  })

  /** Opens a new notebook with the cursor in the cell where it is drawn. */
  async function openCells(...cells: NotebookCellData[]): Promise<TextEditor> {
    const index = cells.findIndex(({ value }) => /[|[]/.test(value))
    const caret = marked(cells[index]?.value ?? '')
    const plain = cells.map((cell, at) =>
      Object.assign(cell, { value: at === index ? caret.text : cell.value }),
    )
    const notebook = await workspace.openNotebookDocument(
      'jupyter-notebook',
      new NotebookData(plain),
    )
    const editor = await editCell(notebook, index)
    const { start, end } = caret
    editor.selection = new Selection(start.line, start.character, end.line, end.character)
    return editor
  }

  async function editCell(notebook: NotebookDocument, index: number): Promise<TextEditor> {
    const selections = [new NotebookRange(index, index + 1)]
    await window.showNotebookDocument(notebook, { selections })
    await commands.executeCommand('notebook.cell.edit')
    return untilThere(async () => {
      const editor = window.activeTextEditor
      return editor?.document === notebook.cellAt(index).document ? editor : undefined
    })
  }

  /** Opens a notebook of the workspace with its last cell in an editor. */
  async function openFile(name: string, cells: string[], mode = 0o644): Promise<TextEditor> {
    file = join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', name)
    const written = cells.map((source) => ({
      cell_type: 'code',
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    }))
    const metadata = { language_info: { name: 'python' } }
    await writeFile(
      file,
      JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 4 }),
    )
    await chmod(file, mode)
    const notebook = await workspace.openNotebookDocument(Uri.file(file))
    return editCell(notebook, cells.length - 1)
  }

  /** The text of the document that was sent to the server */
  function sentBy(server: ScriptedServer): unknown[] {
    return server.requests.map(({ body }) => {
      assert.ok(typeof body === 'object' && body !== null && 'prompt' in body && 'suffix' in body)
      return [body.prompt, body.suffix]
    })
  }

  const answer = stream(text('x'), STOP, DONE)

  test('the prompt of a code cell contains the code of other cells, and their text as comments', async () => {
    const server = await serve(answer)
    const editor = await openCells(
      markup('# Orders\nfrom a file'),
      code('import csv'),
      code('rows = read(|)'),
      markup('Then:'),
      code('print(rows)'),
    )
    await complete()
    assert.equal(drawn(editor), 'rows = read(x|)')
    assert.deepEqual(sentBy(server), [
      ['# # Orders\n# from a file\n\nimport csv\n\nrows = read(', ')\n\n# Then:\n\nprint(rows)'],
    ])
  })

  test('the prompt of a text cell contains the code of other cells as fenced code', async () => {
    const server = await serve(answer)
    const editor = await openCells(code('import csv'), markup('We read |'), code('read()'))
    await complete()
    assert.equal(drawn(editor), 'We read x|')
    assert.deepEqual(sentBy(server), [
      ['```python\nimport csv\n```\n\nWe read ', '\n\n```python\nread()\n```'],
    ])
  })

  test('cell outputs are not sent', async () => {
    const server = await serve(answer)
    const cell = code('print(token)')
    cell.outputs = [new NotebookCellOutput([NotebookCellOutputItem.text('the secret token')])]
    await openCells(cell, code('|'), code('last'))
    await complete()
    assert.deepEqual(sentBy(server), [['print(token)\n\n', '\n\nlast']])
  })

  test('the text of the next cell is not inserted again', async () => {
    const server = await serve(
      stream(text('total = sum(rows)\n'), text('\nprint(total, rows)\nmore'), hold),
    )
    const editor = await openCells(code('|'), code('print(total, rows)'))
    await complete()
    assert.equal(drawn(editor), 'total = sum(rows)|')
    await (
      await server.received()
    ).closed
  })

  test('one undo removes the completion in its cell, one redo restores it', async () => {
    const pieces = ['a', ' b\n', 'c', ' d'].flatMap((piece) => [text(piece), pause(30)])
    await serve(stream(...pieces, STOP, DONE))
    const editor = await openCells(code('first'), code('x = [old]'), code('last'))
    await commands.executeCommand('type', { text: 'f' })
    await complete()
    assert.equal(drawn(editor), 'x = fa b\nc d|')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'x = f|')
    await commands.executeCommand('redo')
    assert.equal(drawn(editor), 'x = fa b\nc d|')
    await commands.executeCommand('undo')
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), 'x = old')
    const notebook = window.activeNotebookEditor?.notebook
    assert.deepEqual(
      notebook?.getCells().map(({ document }) => document.getText()),
      ['first', 'x = old', 'last'],
    )
  })

  test('undo during the stream cancels the request and restores the cell', async () => {
    const server = await serve(stream(text('abc'), hold))
    const editor = await openCells(code('([old])'), code('last'))
    await undoEndsIt(editor, server)
  })

  test('the completion continues in its cell while another cell is edited', async () => {
    const go = gate()
    await serve(stream(text('one'), until(go.opened), text(' two'), STOP, DONE))
    const editor = await openCells(code('(|)'), code('last'))
    const notebook = window.activeNotebookEditor?.notebook
    assert.ok(notebook !== undefined)
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    const other = await editCell(notebook, 1)
    await other.edit((edit) => edit.insert(new Position(0, 0), 'the '))
    go.open()
    await run
    assert.equal(notebook.cellAt(0).document.getText(), '(one two)')
    assert.equal(notebook.cellAt(1).document.getText(), 'the last')
  })

  test('the preview equals the request, and its response can be inserted into the cell', async () => {
    const server = await serve(answer)
    const editor = await openCells(code('import csv'), code('read(|)'), code('last'))
    const notebook = window.activeNotebookEditor?.notebook
    await commands.executeCommand('infill.previewRequest')
    const preview = window.activeTextEditor?.document
    assert.equal(preview?.uri.scheme, 'infill')
    const { body } = JSON.parse(preview.getText())
    await commands.executeCommand('infill.sendRequest', preview.uri)
    assert.deepEqual(sentBy(server), [['import csv\n\nread(', ')\n\nlast']])
    assert.deepEqual([body.prompt, body.suffix], sentBy(server)[0])
    await commands.executeCommand('infill.insertAnswer', preview.uri)
    assert.equal(window.activeNotebookEditor?.notebook, notebook)
    assert.equal(notebook?.cellAt(1).document, editor.document)
    assert.equal(editor.document.getText(), 'read(x)')
  })

  const refused: [what: string, open: () => Promise<TextEditor>, exclude?: string][] = [
    ['excluded as files are', () => openFile('plain.ipynb', ['a', 'b']), '**/plain.*'],
    ['excluded relative to the folder', () => openFile('plain.ipynb', ['a', 'b']), 'plain.ipynb'],
    ['of secrets, by its name', () => openFile('secrets.ipynb', ['a'])],
    [
      'with a private key in another cell',
      () => openCells(markup('-----BEGIN PRIVATE KEY-----\nMIIE'), code('|')),
    ],
    ['that is read-only', () => openFile('plain.ipynb', ['a'], 0o444)],
  ]
  for (const [what, open, exclude] of refused) {
    test(`nothing is sent from a notebook ${what}`, async () => {
      const server = await serve(answer)
      await configure({ exclude: exclude === undefined ? undefined : [exclude] })
      const files = workspace.getConfiguration('files')
      await files.update('readonlyFromPermissions', true, true)
      try {
        const { document } = await open()
        const { version } = document
        await complete()
        assert.equal(server.requests.length, 0)
        assert.equal(document.version, version)
      } finally {
        await files.update('readonlyFromPermissions', undefined, true)
      }
    })
  }
})
