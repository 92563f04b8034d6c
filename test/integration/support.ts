import assert from 'node:assert/strict'
import {
  commands,
  ConfigurationTarget,
  type Disposable,
  EndOfLine,
  Selection,
  window,
  workspace,
  type TextDocument,
  type TextEditor,
} from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { draw, marked } from '../support/marked.ts'
import { startServer, until, type Answer, type ScriptedServer } from '../support/sseServer.ts'

/** A new document with a caret `|` or a selection `[…]`, and the editor that shows it. */
export async function openText(drawing: string, eol: '\n' | '\r\n' = '\n'): Promise<TextEditor> {
  const { text: content, start, end } = marked(drawing)
  const document = await workspace.openTextDocument({ content, language: 'plaintext' })
  const editor = await window.showTextDocument(document)
  if (eol === '\r\n') await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF))
  editor.selection = new Selection(start.line, start.character, end.line, end.character)
  return editor
}

/** The document's text with LF and with the caret or the selection drawn in. */
export function drawn({ document, selection }: TextEditor): string {
  return draw(document.getText().replaceAll('\r\n', '\n'), selection)
}

/**
 * A scripted server that is Infill's endpoint. What it is, what model it has and that it takes a
 * suffix is told, so that the first request is the completion's.
 */
export async function serve(script: Parameters<typeof startServer>[0]): Promise<ScriptedServer> {
  const server = await startServer(script)
  await setEndpoint(server.url.href)
  await configure({ server: 'openai', model: 'm', suffix: 'field', maxRetries: 0 })
  return server
}

/** To be called in a suite: gives `serve`, and closes after each test what the test has opened. */
export function useServer(): typeof serve {
  const open: ScriptedServer[] = []
  teardown(async () => {
    for (const server of open.splice(0)) await server.close()
    await closeAll()
  })
  suiteTeardown(() => setEndpoint(undefined))
  return async (script) => {
    const server = await serve(script)
    open.push(server)
    return server
  }
}

/** The endpoint, and nothing else that a test has set; `undefined`: the built-in one */
export async function setEndpoint(endpoint: string | undefined): Promise<void> {
  const others = { server: undefined, model: undefined, suffix: undefined, maxRetries: undefined }
  await configure({ endpoint, ...others })
}

/** Sets settings of Infill's for the user; `undefined` takes one back. */
export async function configure(settings: Record<string, unknown>): Promise<void> {
  const configuration = workspace.getConfiguration('infill')
  for (const [name, value] of Object.entries(settings)) {
    await configuration.update(name, value, ConfigurationTarget.Global)
  }
}

/** Starts the command without waiting for its end. */
export function complete(): Thenable<unknown> {
  return commands.executeCommand('infill.complete')
}

/** Resolves when the document's text is as wanted; the test's time limit ends it otherwise. */
export async function untilText(
  document: TextDocument,
  wanted: (text: string) => boolean,
): Promise<void> {
  if (wanted(document.getText())) return
  await new Promise<void>((resolve) => {
    const listener = workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || !wanted(document.getText())) return
      listener.dispose()
      resolve()
    })
  })
}

/** A promise with its own way to be kept: for a server that waits until the test says so. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

/** An answer of `one`, and of ` two` when the test says so. */
export function inTwo(): { answer: Answer; sendSecond: () => void } {
  const second = gate()
  const answer = stream(text('one'), until(second.opened), text(' two'), STOP, DONE)
  return { answer, sendSecond: second.open }
}

/** To be called in a suite: gives a way to set settings of VS Code's, which are taken back. */
export function useSettings(): (name: string, value: unknown) => Promise<void> {
  const changed = new Set<string>()
  const set = async (name: string, value: unknown): Promise<void> => {
    await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global)
  }
  teardown(async () => {
    for (const name of changed) await set(name, undefined)
    changed.clear()
  })
  return async (name, value) => {
    changed.add(name)
    await set(name, value)
  }
}

/** To be called in a suite: gives a way to keep what is to be disposed of after the test. */
export function useDisposables(): (...kept: Disposable[]) => void {
  const all: Disposable[] = []
  teardown(() => {
    for (const each of all.splice(0)) each.dispose()
  })
  return (...kept) => void all.push(...kept)
}

/** Undoes a completion of `abc` that is still coming: it ends with its request, and `[old]` is there again. */
export async function undoEndsIt(editor: TextEditor, server: ScriptedServer): Promise<void> {
  const run = complete()
  await untilText(editor.document, (all) => all === '(abc)')
  await commands.executeCommand('undo')
  await run
  const { closed } = await server.received()
  await closed
  assert.equal(drawn(editor), '([old])')
}

/** Resolves when that is so, which is looked at again and again; the test's time limit ends it. */
export async function untilSo(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}

export async function closeAll(): Promise<void> {
  // Reverting first: a dirty document would ask whether to save it.
  while (window.activeTextEditor !== undefined) {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
  }
}
