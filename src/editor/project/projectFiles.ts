import { Disposable, window, workspace, type TextDocument } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Position } from '../../infill/ranges/position.ts'
import {
  commentOf,
  type CommentTokens,
  type ProjectContext,
  type Snippet,
} from '../../infill/project/projectContext.ts'
import type { Candidate } from '../../infill/project/selectSnippets.ts'
import { snippetsAt } from '../../infill/project/snippetsAt.ts'
import { BUILTIN } from '../../settings/endpointLabel.ts'
import type { Settings } from '../../settings/settings.ts'
import { readSettings } from '../../settings/vscode/configuration.ts'
import type { LanguageSyntaxes } from '../document/languageConfiguration.ts'
import { fileOf, scopeOf } from '../document/notebook.ts'
import { createDefinitions } from './definitions.ts'
import { createOpenFiles } from './openFiles.ts'

/** What of the project is sent with a document. It is gathered ahead, so that no run waits for it. */
export interface ProjectFiles extends Disposable {
  /** What is known now; `undefined`: nothing is similar, or nothing may be sent */
  contextAt(document: TextDocument, position: Position, options: At): ProjectContext | undefined
}

interface At {
  settings: Settings
  /** Maximum length in UTF-16 units */
  characters: number
}

/** When files are read, in ms: as soon as the user pauses this long, or after this time without a pause */
const PAUSE = 150
const MOST = 1000

export function createProjectFiles(syntaxes: LanguageSyntaxes): ProjectFiles {
  const open = createOpenFiles()
  const definitions = createDefinitions()
  /** What was sent with a document the last time */
  const previous = new Map<string, readonly Snippet[]>()
  const comments = new Map<string, CommentTokens>()
  let timer: NodeJS.Timeout | undefined
  let latest: number | undefined

  function plan(): void {
    clearTimeout(timer)
    const now = performance.now()
    latest ??= now + MOST
    timer = setTimeout(
      () => {
        latest = undefined
        // Settings that are invalid are reported by the run, which has no other files then.
        void refresh().catch(ignoreProblem)
      },
      Math.min(PAUSE, latest - now),
    )
  }

  async function refresh(): Promise<void> {
    const editor = window.activeTextEditor
    if (editor === undefined || !workspace.isTrusted) return
    const { document, selection } = editor
    const settings = readSettings(scopeOf(document))
    if (settings['context.files'] === 'off') return
    comments.set(document.languageId, commentOf(await syntaxes.of(document.languageId)))
    await open.refresh(settings.exclude)
    if (settings['context.files'] === 'project') {
      await definitions.refresh(document, selection.active.line, settings.exclude)
    }
  }

  plan()
  const listening = Disposable.from(
    window.onDidChangeActiveTextEditor(plan),
    window.onDidChangeTextEditorSelection(plan),
    window.tabGroups.onDidChangeTabs(plan),
    workspace.onDidCloseTextDocument(({ uri }) => previous.delete(uri.toString())),
  )

  return {
    contextAt(document, { line }, { settings, characters }) {
      const files = settings['context.files']
      const comment = comments.get(document.languageId)
      // The built-in endpoint reads the workspace itself.
      const isWanted = files !== 'off' && settings.endpoint !== BUILTIN && workspace.isTrusted
      if (!isWanted || comment === undefined) return undefined
      const { uri } = fileOf(document)
      const candidates = [
        ...(files === 'project' ? definitions.candidates(document, line) : []),
        ...open.candidates(uri),
      ]
      if (candidates.length === 0) return undefined
      const lines = {
        lineCount: document.lineCount,
        lineAt: (at: number) => document.lineAt(at).text,
      }
      const snippets = snippetsAt(lines, line, merged(candidates), {
        characters,
        previous: previous.get(uri.toString()) ?? [],
      })
      previous.set(uri.toString(), snippets)
      if (snippets.length === 0) return undefined
      const path = workspace.asRelativePath(uri, false).replaceAll('\\', '/')
      const repository = workspace.getWorkspaceFolder(uri)?.name ?? ''
      return { snippets, path, repository, comment }
    },
    dispose() {
      clearTimeout(timer)
      listening.dispose()
      open.dispose()
    },
  }
}

/** One candidate for each file */
function merged(candidates: readonly Candidate[]): Candidate[] {
  return [...Map.groupBy(candidates, ({ path }) => path)].map(([path, own]) => ({
    path,
    windows: own.flatMap(({ windows }) => windows),
    definitions: own.flatMap(({ definitions = [] }) => definitions),
  }))
}

/** @throws any other error */
function ignoreProblem(error: unknown): void {
  if (!(error instanceof CompletionError)) throw error
}
