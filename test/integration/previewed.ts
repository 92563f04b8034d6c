import assert from 'node:assert/strict'
import {
  commands,
  Range,
  window,
  workspace,
  WorkspaceEdit,
  type CodeLens,
  type TextDocument,
} from 'vscode'

/** Opens the preview of the request, as the user does. */
export async function preview(): Promise<TextDocument> {
  await commands.executeCommand('infill.previewRequest')
  const document = window.activeTextEditor?.document
  assert.ok(document !== undefined && document.uri.scheme === 'infill', document?.uri.toString())
  assert.equal(document.languageId, 'json')
  return document
}

/** Sends it and returns its response. */
// oxlint-disable-next-line typescript/no-explicit-any -- JSON of the test's own making
export async function send(document: TextDocument): Promise<any> {
  await commands.executeCommand('infill.sendRequest', document.uri)
  const path = document.uri.path.replace('request', 'response').replace('.infill', '')
  const uri = document.uri.with({ path })
  return JSON.parse(Buffer.from(await workspace.fs.readFile(uri)).toString())
}

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of the test's own making
export async function change(document: TextDocument, how: (fields: any) => object): Promise<void> {
  const all = new Range(0, 0, document.lineCount, 0)
  await edit(document, all, JSON.stringify(how(JSON.parse(document.getText())), null, 2))
}

export async function edit(document: TextDocument, range: Range, newText: string): Promise<void> {
  const edits = new WorkspaceEdit()
  edits.replace(document.uri, range, newText)
  assert.ok(await workspace.applyEdit(edits))
}

export async function lenses({ uri }: TextDocument): Promise<CodeLens[]> {
  return commands.executeCommand('vscode.executeCodeLensProvider', uri)
}

export function titles(found: CodeLens[]): (string | undefined)[] {
  return found.map(({ command }) => command?.title)
}

export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
