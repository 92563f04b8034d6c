import ignore from 'ignore'
import { Uri, workspace, type TextDocument } from 'vscode'
import { sensitivityOf } from '../../sensitive/sensitive.ts'
import { matchesGlob } from '../document/matchesGlob.ts'

/** Whether a document may be sent as a part of another one's context. */
export async function isEligible(
  document: TextDocument,
  exclude: readonly string[],
): Promise<boolean> {
  const { uri } = document
  if (exclude.some((glob) => matchesGlob(document, glob))) return false
  if (excludedFiles(uri).some((glob) => matchesGlob(document, glob))) return false
  if (sensitivityOf(uri.path, document.getText()) !== null) return false
  return !(await isIgnoredByGit(uri))
}

/** The enabled globs of `files.exclude`, which hides files from the user */
function excludedFiles(uri: Uri): string[] {
  const globs = workspace.getConfiguration('files', uri).get<Record<string, unknown>>('exclude', {})
  return Object.entries(globs).flatMap(([glob, on]) => (on === true ? [glob] : []))
}

/** By a `.gitignore` between the file and the folder of the workspace. A nearer one takes precedence. */
async function isIgnoredByGit(uri: Uri): Promise<boolean> {
  const folder = workspace.getWorkspaceFolder(uri)
  if (folder === undefined) return false
  const names = uri.path.slice(folder.uri.path.length + 1).split('/')
  for (let depth = names.length - 1; depth >= 0; depth--) {
    const parent = Uri.joinPath(folder.uri, ...names.slice(0, depth))
    const rules = await textOf(Uri.joinPath(parent, '.gitignore'))
    if (rules === null) continue
    const own = ignore().add(rules)
    // A folder that is ignored hides all that is in it.
    for (let end = depth + 1; end <= names.length; end++) {
      const path = names.slice(depth, end).join('/')
      const { ignored, unignored } = own.test(end < names.length ? `${path}/` : path)
      if (ignored) return true
      if (unignored && end === names.length) return false
    }
  }
  return false
}

async function textOf(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri))
  } catch {
    // Most folders have none.
    return null
  }
}
