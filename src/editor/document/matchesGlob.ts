import { languages, RelativePattern, workspace, type TextDocument } from 'vscode'
import { fileOf } from './notebook.ts'

/** As VS Code reads its globs: of the whole path, or relative to the workspace folder. */
export function matchesGlob(document: TextDocument, glob: string): boolean {
  const folder = workspace.getWorkspaceFolder(fileOf(document).uri)
  const filters = [
    { pattern: glob },
    ...(folder === undefined ? [] : [{ pattern: new RelativePattern(folder, glob) }]),
  ]
  return languages.match(filters, document) > 0
}
