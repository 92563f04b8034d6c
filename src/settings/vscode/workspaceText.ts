import { Disposable, TabInputText, window, workspace } from 'vscode'
import { everyLevel } from '../everyLevel.ts'

/** The files of the workspace that the built-in endpoint may read. */
export interface WorkspaceText {
  /** Paths of the workspace folders */
  readonly roots: readonly string[]
  /** Paths of the files in open tabs */
  readonly open: readonly string[]
  /** Globs */
  readonly exclude: readonly string[]
}

export function workspaceText(): WorkspaceText {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs)
  const open = tabs.flatMap(({ input }) =>
    input instanceof TabInputText && input.uri.scheme === 'file' ? [input.uri.fsPath] : [],
  )
  const scopes = folders.length > 0 ? folders.map(({ uri }) => uri) : [undefined]
  const exclude = scopes.flatMap((scope) => [
    ...excludedFiles(workspace.getConfiguration('files', scope).get('exclude')),
    ...strings(everyLevel(workspace.getConfiguration('infill', scope).inspect('exclude') ?? {})),
  ])
  return {
    roots: folders.map(({ uri }) => uri.fsPath),
    open: [...new Set(open)],
    exclude: [...new Set(exclude)],
  }
}

/** Calls `changed` when `workspaceText()` may have changed. */
export function onWorkspaceTextChange(changed: () => void): Disposable {
  return Disposable.from(
    window.tabGroups.onDidChangeTabs(changed),
    workspace.onDidChangeWorkspaceFolders(changed),
    workspace.onDidChangeConfiguration((event) => {
      const settings = ['files.exclude', 'infill.exclude']
      if (settings.some((name) => event.affectsConfiguration(name))) changed()
    }),
  )
}

/** The enabled globs. Conditional ones (`when`) hide generated files, which may be read. */
function excludedFiles(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([glob, on]) => (on === true ? [glob] : []))
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
