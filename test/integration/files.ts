import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Selection, Uri, window, workspace, type TextEditor } from 'vscode'
import { marked } from '../support/marked.ts'
import { closeAll } from './support.ts'

export interface Files {
  uri(name: string): Uri
  /** Writes a file with a cursor `|` or a selection `[…]`, and shows it. */
  open(name: string, drawing: string): Promise<TextEditor>
}

/** Call it in a suite: gives each test its own folder. */
export function useFiles(): Files {
  let folder = ''
  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'infill-files-'))
  })
  teardown(async () => {
    await closeAll()
    await rm(folder, { recursive: true })
  })
  const uri = (name: string): Uri => Uri.file(join(folder, name))
  return {
    uri,
    async open(name, drawing) {
      const { text, start, end } = marked(drawing)
      await writeFile(uri(name).fsPath, text)
      const document = await workspace.openTextDocument(uri(name))
      const editor = await window.showTextDocument(document, { preview: false })
      editor.selection = new Selection(start.line, start.character, end.line, end.character)
      return editor
    },
  }
}
