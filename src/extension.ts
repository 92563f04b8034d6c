import { commands, Uri, window, workspace, type ExtensionContext } from 'vscode'
import { builtinOnDemand } from './builtin/onDemand.ts'
import { removeApiKey, setApiKey } from './editor/keyCommands.ts'
import { createRuns } from './editor/runs.ts'
import { apiKeysIn } from './settings/apiKeys.ts'
import { endpointInForce } from './settings/configuration.ts'
import { createConnector } from './settings/connect.ts'
import { logged, logProgress } from './ui/log.ts'
import { showMenu } from './ui/menu.ts'
import { showFailure, telling } from './ui/messages.ts'
import { createStatusBar } from './ui/statusBar.ts'
import type { Progress } from './usage/progress.ts'

/** Puts the parts together. What they do is in their own files; see README.md beside this one. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Infill', { log: true })
  const keys = apiKeysIn(context.secrets)
  const statusBar = createStatusBar('infill.showMenu')
  const builtin = builtinOnDemand(() => ({
    script: Uri.joinPath(context.extensionUri, 'dist', 'builtin.js').fsPath,
    roots: workspaceFolders(),
  }))
  const connector = createConnector({
    keys,
    builtin: () => builtin.get(),
    around: (send) => logged(log, send),
  })
  let progress: Progress = { kind: 'idle' }
  function report(next: Progress): void {
    progress = next
    statusBar.show(next)
    logProgress(log, next)
    if (next.kind === 'failed') void showFailure(next.error)
  }
  const runs = createRuns({ connect: (settings) => connector.connect(settings), report })
  const showEndpoint = (): void => statusBar.setEndpoint(endpointInForce())
  showEndpoint()

  const handlers: Readonly<Record<string, () => unknown>> = {
    'infill.complete': () => runs.complete(),
    'infill.cancel': () => runs.cancel(),
    'infill.setApiKey': () => setApiKey(keys),
    'infill.removeApiKey': () => removeApiKey(keys),
    'infill.showLog': () => log.show(),
    'infill.showMenu': () => showMenu(progress, endpointInForce().label),
  }
  context.subscriptions.push(
    log,
    statusBar,
    runs,
    { dispose: () => connector.dispose() },
    { dispose: () => builtin.dispose() },
    window.onDidChangeActiveTextEditor(showEndpoint),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('infill')) return
      showEndpoint()
      // What the last run came to says nothing of the next one.
      if (progress.kind === 'failed' || progress.kind === 'done') report({ kind: 'idle' })
    }),
    ...Object.entries(handlers).map(([id, handler]) =>
      commands.registerCommand(id, telling(handler)),
    ),
  )
}

function workspaceFolders(): string[] {
  const folders = workspace.workspaceFolders ?? []
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath)
}
