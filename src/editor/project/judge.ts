import { Uri, workspace, type TextDocument } from 'vscode'
import { isIgnoredIn, type IgnoreFile } from '../../infill/project/gitIgnore.ts'
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

/** By the `.gitignore` files of its repository, or of the workspace folder outside of one */
async function isIgnoredByGit(uri: Uri): Promise<boolean> {
  const opened = workspace.getWorkspaceFolder(uri)?.uri
  const start = opened ?? Uri.joinPath(uri, '..')
  const repository = await repositoryOf(start)
  const top = repository ?? start
  const names = namesBelow(top, uri)
  const files: IgnoreFile[] = []
  for (let depth = names.length - 1; depth >= 0; depth--) {
    const folder = Uri.joinPath(top, ...names.slice(0, depth))
    const patterns = await textOf(Uri.joinPath(folder, '.gitignore'))
    if (patterns !== null) files.push({ depth, patterns })
  }
  const own = repository && (await textOf(Uri.joinPath(repository, '.git/info/exclude')))
  if (own !== null) files.push({ depth: 0, patterns: own })
  return isIgnoredIn(opened === undefined ? 0 : namesBelow(top, opened).length, names, files)
}

/** The nearest folder with a `.git`, the given one or above it; `null`: it is in no repository */
async function repositoryOf(folder: Uri): Promise<Uri | null> {
  for (let at = folder; ; at = Uri.joinPath(at, '..')) {
    if (await exists(Uri.joinPath(at, '.git'))) return at
    if (at.path === Uri.joinPath(at, '..').path) return null
  }
}

function namesBelow(folder: Uri, { path }: Uri): string[] {
  const own = folder.path.endsWith('/') ? folder.path : `${folder.path}/`
  return path.slice(own.length).split('/').filter(Boolean)
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri)
    return true
  } catch {
    return false
  }
}

async function textOf(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri))
  } catch {
    // Most folders have none.
    return null
  }
}
