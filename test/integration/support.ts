import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
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

/** Opens a new document with a cursor `|` or a selection `[…]`. */
export async function openText(drawing: string, eol: '\n' | '\r\n' = '\n'): Promise<TextEditor> {
  const { text: content, start, end } = marked(drawing)
  const document = await workspace.openTextDocument({ content, language: 'plaintext' })
  const editor = await window.showTextDocument(document)
  if (eol === '\r\n') await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF))
  editor.selection = new Selection(start.line, start.character, end.line, end.character)
  return editor
}

/** Returns the document's text with LF and with the cursor or selection drawn in. */
export function drawn({ document, selection }: TextEditor): string {
  return draw(document.getText().replaceAll('\r\n', '\n'), selection)
}

/**
 * Starts a scripted server as the endpoint. Server, model and suffix are configured, so that the
 * first request is the completion's.
 */
export async function serve(script: Parameters<typeof startServer>[0]): Promise<ScriptedServer> {
  const server = await startServer(script)
  const own = { server: 'openai', model: 'm', suffix: 'field', maxRetries: 0 }
  await configure({ endpoint: server.url.href, ...own })
  return server
}

/** Call it in a suite: returns `serve`, and closes everything after each test. */
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

/** Sets the endpoint and resets the other settings; `undefined`: the built-in endpoint */
export async function setEndpoint(endpoint: string | undefined): Promise<void> {
  const others = { server: undefined, model: undefined, suffix: undefined, maxRetries: undefined }
  await configure({ endpoint, ...others })
}

/** Sets settings of Infill for the user; `undefined` resets a setting. */
export async function configure(settings: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const configuration = workspace.getConfiguration('infill')
    // VS Code takes long to write a setting.
    if (isDeepStrictEqual(configuration.inspect(name)?.globalValue, value)) continue
    await configuration.update(name, value, ConfigurationTarget.Global)
  }
}

/** Starts the command without waiting for its end. */
export function complete(): Thenable<unknown> {
  return commands.executeCommand('infill.complete')
}

/** Resolves when the document's text matches; otherwise the test's timeout ends the test. */
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

/** A promise with a function that resolves it */
export function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

/** A response of `one`, and of ` two` when `sendSecond` is called */
export function inTwo(): { answer: Answer; sendSecond: () => void } {
  const second = gate()
  const answer = stream(text('one'), until(second.opened), text(' two'), STOP, DONE)
  return { answer, sendSecond: second.open }
}

/**
 * Call it in a suite: returns a function that sets settings of VS Code, which are reset after each
 * test.
 */
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

/** Call it in a suite: returns a function that keeps disposables until the test has ended. */
export function useDisposables(): (...kept: Disposable[]) => void {
  const all: Disposable[] = []
  teardown(() => {
    for (const each of all.splice(0)) each.dispose()
  })
  return (...kept) => void all.push(...kept)
}

/** Undoes a completion of `abc` while it streams: this cancels its request and restores `[old]`. */
export async function undoEndsIt(editor: TextEditor, server: ScriptedServer): Promise<void> {
  const run = complete()
  await untilText(editor.document, (all) => all === '(abc)')
  await commands.executeCommand('undo')
  await run
  const { closed } = await server.received()
  await closed
  assert.equal(drawn(editor), '([old])')
}

/** Resolves when the condition holds; otherwise the test's timeout ends the test. */
export async function untilSo(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}

export async function closeAll(): Promise<void> {
  // Reverts first: VS Code would ask whether to save a dirty document.
  while (window.activeTextEditor !== undefined) {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
  }
}
