import { Disposable, TabInputText, window, workspace, type TextDocument, type Uri } from 'vscode'
import type { Candidate } from '../../infill/project/selectSnippets.ts'
import { windowsOf, type Window } from '../../infill/project/windows.ts'
import { isEligible } from './judge.ts'

/** The files of open tabs, the most recently used first. They are read ahead, when VS Code is idle. */
export interface OpenFiles extends Disposable {
  /** What is known of the open files, besides the given one. */
  candidates(except: Uri): readonly Candidate[]
  /** Reads what has changed. Resolves when all of it is known. */
  refresh(exclude: readonly string[]): Promise<void>
}

interface Known {
  version: number
  path: string
  /** Empty: the file may not be sent */
  windows: readonly Window[]
}

/** Files that are looked at, and how long they may be, in UTF-16 units */
const MOST = { files: 12, length: 200_000 }

export function createOpenFiles(): OpenFiles {
  const known = new Map<string, Known>()
  let recent: string[] = []

  function use(document: TextDocument | undefined): void {
    if (document === undefined) return
    const uri = document.uri.toString()
    recent = [uri, ...recent.filter((each) => each !== uri)].slice(0, 50)
  }
  use(window.activeTextEditor?.document)
  const listening = Disposable.from(
    window.onDidChangeActiveTextEditor((editor) => use(editor?.document)),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isFile(document)) use(document)
    }),
    workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
  )

  function rank({ uri }: TextDocument): number {
    const at = recent.indexOf(uri.toString())
    return at === -1 ? recent.length : at
  }

  /** Documents in tabs, the most recently used first */
  function documents(): TextDocument[] {
    const shown = new Set(
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => (input instanceof TabInputText ? [input.uri.toString()] : [])),
    )
    return workspace.textDocuments
      .filter((document) => isFile(document) && shown.has(document.uri.toString()))
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, MOST.files)
  }

  return {
    candidates(except) {
      return documents().flatMap((document) => {
        const uri = document.uri.toString()
        const found = known.get(uri)
        // A version that is not read yet is nearly the same text, but may have a secret.
        if (found === undefined || found.version !== document.version) return []
        return uri === except.toString() || found.windows.length === 0 ? [] : [found]
      })
    },
    async refresh(exclude) {
      for (const document of documents()) {
        const uri = document.uri.toString()
        const { version } = document
        if (known.get(uri)?.version === version) continue
        const isSent = lengthOf(document) <= MOST.length && (await isEligible(document, exclude))
        const windows = isSent ? windowsOf(document.getText().replaceAll('\r\n', '\n')) : []
        const path = workspace.asRelativePath(document.uri, false).replaceAll('\\', '/')
        known.set(uri, { version, path, windows })
      }
    },
    dispose: () => listening.dispose(),
  }
}

/** Without joining the lines of a long document */
function lengthOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end)
}

/** A file of the workspace's file system: no settings, output, or text that another extension provides */
function isFile({ uri }: TextDocument): boolean {
  const folders = workspace.workspaceFolders ?? []
  return uri.scheme === 'file' || folders.some((folder) => folder.uri.scheme === uri.scheme)
}
