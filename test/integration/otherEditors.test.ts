import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  commands,
  Disposable,
  Selection,
  TabInputCustom,
  TabInputText,
  Uri,
  window,
  workspace,
  type TextEditor,
} from 'vscode'
import { createCompletionCommands } from '../../src/editor/completionCommands.ts'
import { createLanguageSyntaxes } from '../../src/editor/document/languageConfiguration.ts'
import { createLastInsertion } from '../../src/editor/insertion/lastInsertion.ts'
import { createMemoryFiles } from '../../src/preview/memoryFiles.ts'
import { createUsageRecords } from '../../src/editor/run/usage.ts'
import { createRuns } from '../../src/editor/run/runs.ts'
import { capabilityStoreIn } from '../../src/connection/learned/serverCapabilities.ts'
import { tokenRatiosIn } from '../../src/connection/learned/tokenRatios.ts'
import type { Progress } from '../../src/usage/progress.ts'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { memory } from '../support/memory.ts'
import { sentenceOf } from '../support/wording.ts'
import type { ScriptedServer } from '../support/sseServer.ts'
import { until } from './previewed.ts'
import { closeAll, complete, drawn, openText, untilText, useServer } from './support.ts'

const READ_ONLY = 'This file is read-only.'
const NOWHERE = 'Open a file and place the cursor where the completion should go.'

suite('editors of other documents than files', () => {
  const serve = useServer()
  let server: ScriptedServer
  let folder: string
  let registered: Disposable

  setup(async () => {
    server = await serve(stream(text('x'), STOP, DONE))
    folder = await mkdtemp(join(tmpdir(), 'infill-editors-'))
    registered = Disposable.from(
      workspace.registerTextDocumentContentProvider('infill-provided', {
        provideTextDocumentContent: () => 'foo(old)',
      }),
    )
  })
  teardown(async () => {
    registered.dispose()
    await commands.executeCommand('workbench.action.closeAllEditors')
    await rm(folder, { recursive: true })
  })

  const provided = Uri.parse('infill-provided:/file.txt')

  /** Presses the key and returns the message; no server may be called. */
  async function refusal(): Promise<string> {
    const told: Progress[] = []
    const last = createLastInsertion()
    const usage = createUsageRecords({
      folder: join(folder, 'usage'),
      state: memory(),
      notice: () => assert.fail('It has something to say.'),
      onRecord: () => assert.fail('It has recorded a run.'),
    })
    const completing = createCompletionCommands({
      last,
      connect: () => assert.fail('It has asked for the endpoint.'),
      capabilities: capabilityStoreIn(memory()),
      ratios: tokenRatiosIn(memory()),
      notice: () => assert.fail('It has something to say.'),
      usage,
      showsConfidence: () => false,
      syntaxes: createLanguageSyntaxes(),
      files: {
        contextAt: () => undefined,
        dispose: () => undefined,
      },
    })
    const runs = createRuns((progress) => told.push(progress))
    await runs.run((run) => completing.complete(run))
    last.dispose()
    usage.dispose()
    await complete()
    assert.equal(server.requests.length, 0)
    const end = told.at(-1)
    assert.ok(end?.kind === 'failed', end?.kind)
    return sentenceOf(end.error)
  }

  /** Waits until an editor is active that matches. */
  async function inFront(scheme: string): Promise<TextEditor> {
    return until(async () => {
      const editor = window.activeTextEditor
      return editor?.document.uri.scheme === scheme ? editor : undefined
    })
  }

  function isInFront(file: Uri): boolean {
    const input = window.tabGroups.activeTabGroup.activeTab?.input
    const isOpen = input instanceof TabInputText || input instanceof TabInputCustom
    return isOpen && input.uri.toString() === file.toString()
  }

  async function compare(): Promise<void> {
    const file = Uri.file(join(folder, 'file.txt'))
    await writeFile(file.fsPath, 'foo(new)')
    await commands.executeCommand('vscode.diff', provided, file, 'left ↔ right')
  }

  test('an untitled document is completed', async () => {
    const editor = await openText('foo(|)')
    await complete()
    assert.equal(drawn(editor), 'foo(x|)')
    assert.equal(server.requests.length, 1)
  })

  test('the right side of a comparison is completed', async () => {
    await compare()
    await commands.executeCommand('workbench.action.compareEditor.focusPrimarySide')
    const editor = await inFront('file')
    editor.selection = new Selection(0, 4, 0, 7)
    await complete()
    assert.equal(drawn(editor), 'foo(x|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'foo([new])')
    assert.equal(server.requests.length, 1)
  })

  test('the left side of a comparison is read-only', async () => {
    await compare()
    await commands.executeCommand('workbench.action.compareEditor.focusSecondarySide')
    const editor = await inFront('infill-provided')
    assert.equal(await refusal(), READ_ONLY)
    assert.equal(editor.document.getText(), 'foo(old)')
  })

  test('settings.json is completed', async () => {
    await commands.executeCommand('workbench.action.openSettingsJson')
    const editor = await until(async () => {
      const active = window.activeTextEditor
      return active?.document.uri.path.endsWith('/settings.json') === true ? active : undefined
    })
    editor.selection = new Selection(0, 1, 0, 1)
    const before = editor.document.getText()
    await complete()
    assert.equal(server.requests.length, 1)
    assert.equal(editor.document.getText(), `{x${before.slice(1)}`)
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), before)
  })

  test('the settings editor is no text editor', async () => {
    await commands.executeCommand('workbench.action.openSettings2')
    assert.equal(await refusal(), NOWHERE)
  })

  test('a file that VS Code does not share with extensions', async function () {
    this.timeout(60_000)
    const file = Uri.file(join(folder, 'large.txt'))
    await writeFile(file.fsPath, `${'x'.repeat(99)}\n`.repeat(530_000))
    await workspace.getConfiguration().update('workbench.editorLargeFileConfirmation', 200, true)
    try {
      await commands.executeCommand('vscode.open', file)
      await until(async () => isInFront(file) || undefined)
      assert.equal(
        await refusal(),
        '“large.txt” is too large: VS Code shares files up to 50 MB with extensions.',
      )
    } finally {
      await workspace
        .getConfiguration()
        .update('workbench.editorLargeFileConfirmation', undefined, true)
    }
  })

  for (const [name, bytes] of [
    ['binary.bin', Buffer.from([0, 1, 2, 0, 255, 0, 3])],
    [
      'dot.png',
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    ],
  ] as const) {
    test(`a file that is not shown as text: ${name}`, async () => {
      const file = Uri.file(join(folder, name))
      await writeFile(file.fsPath, bytes)
      await commands.executeCommand('vscode.open', file)
      await until(async () => isInFront(file) || undefined)
      assert.equal(await refusal(), `“${name}” is not open as text.`)
    })
  }

  test('an output channel is read-only', async () => {
    const channel = window.createOutputChannel('Infill test')
    try {
      channel.append('foo()')
      channel.show()
      await inFront('output')
      assert.equal(await refusal(), READ_ONLY)
    } finally {
      await commands.executeCommand('workbench.action.closePanel')
      // The panel would show the next channel instead of a disposed one.
      await until(async () => window.visibleTextEditors.length === 0 || undefined)
      channel.dispose()
    }
  })

  test('a virtual document of an extension is read-only', async () => {
    const editor = await window.showTextDocument(provided)
    assert.equal(await refusal(), READ_ONLY)
    assert.equal(editor.document.getText(), 'foo(old)')
  })

  test('a read-only file system', async () => {
    const files = createMemoryFiles('infill-still')
    const provider = workspace.registerFileSystemProvider('infill-still', files, {
      isReadonly: true,
    })
    try {
      await window.showTextDocument(files.put('file.txt', 'foo()', { readonly: false }))
      assert.equal(await refusal(), READ_ONLY)
    } finally {
      await closeAll()
      provider.dispose()
    }
  })

  test('a search editor is completed', async () => {
    await commands.executeCommand('search.action.openNewEditor', { query: 'nothing like that' })
    const editor = await inFront('search-editor')
    const { document } = editor
    await untilText(document, (all) => all.includes('No Results'))
    const end = document.lineAt(document.lineCount - 1).range.end
    editor.selection = new Selection(end, end)
    await complete()
    assert.equal(server.requests.length, 1)
    assert.ok(
      document.getText().endsWith('x'),
      `${document.getText()} ${drawn(editor)} ${window.activeTextEditor === editor}`,
    )
  })
})
