import { commands, EventEmitter, Uri, window, workspace, type ExtensionContext } from 'vscode'
import { builtinOnDemand } from './builtin/onDemand.ts'
import { createApi, type Api, type Completed } from './editor/api.ts'
import { createConnections } from './connection/connections.ts'
import { removeApiKey, setApiKey } from './connection/keyCommands.ts'
import { learningRatios } from './connection/learned/learnRatios.ts'
import { createPreviews } from './preview/previewRequest.ts'
import { optionsIn } from './editor/completeOptions.ts'
import type { Completing } from './editor/completionCommands.ts'
import { createLastInsertion } from './editor/insertion/lastInsertion.ts'
import { createRuns, type Run } from './editor/run/runs.ts'
import { apiKeysIn } from './connection/apiKeys.ts'
import { endpointInForce } from './settings/vscode/configuration.ts'
import { createConnector } from './connection/connector.ts'
import { capabilityStoreIn } from './connection/learned/serverCapabilities.ts'
import type { Settings } from './settings/settings.ts'
import { tokenRatiosIn } from './connection/learned/tokenRatios.ts'
import { onWorkspaceTextChange, workspaceText } from './settings/vscode/workspaceText.ts'
import { createAnnouncer } from './ui/announcer.ts'
import { createInsertionMark } from './ui/insertionMark.ts'
import { logged, logProgress } from './ui/log.ts'
import { showMenu } from './ui/menu.ts'
import { showFailure, showNotice, withFailureMessage } from './ui/messages.ts'
import { showLenses } from './preview/previewLens.ts'
import { createStatusBar } from './ui/statusBar.ts'
import type { Progress } from './usage/progress.ts'

/** Puts the parts together. What they do is in their own files; see README.md beside this one. */
export function activate(context: ExtensionContext): Api {
  const log = window.createOutputChannel('Infill', { log: true })
  const keys = apiKeysIn(context.secrets)
  const statusBar = createStatusBar('infill.showMenu')
  const builtin = builtinOnDemand(() => ({
    script: Uri.joinPath(context.extensionUri, 'dist', 'builtin.js').fsPath,
    workspace: workspaceText(),
  }))
  const connector = createConnector({
    keys,
    builtin: () => builtin.get(),
    around: (send) => logged(log, send),
  })
  const announcer = createAnnouncer()
  const completed = new EventEmitter<Completed>()
  let progress: Progress = { kind: 'idle' }
  function report(next: Progress): void {
    progress = next
    statusBar.show(next)
    logProgress(log, next)
    announcer.tell(next)
    if (next.kind === 'failed') void showFailure(next.error)
    if (next.kind === 'done') completed.fire({ end: next.end, cost: next.cost })
  }
  const ratios = tokenRatiosIn(context.globalState)
  const connections = learningRatios(createConnections(connector), ratios)
  const capabilities = capabilityStoreIn(context.globalState)
  const notice = (message: string): void => showNotice(log, message)
  const runs = createRuns(report)
  const last = createLastInsertion()
  const services = {
    connect: (settings: Settings, signal: AbortSignal) => connections.connect(settings, signal),
    wire: (settings: Settings) => connector.connect(settings),
    capabilities,
    ratios,
    notice,
  }
  let loaded: Promise<Completing> | undefined
  // The run begins with the key, so that it can be stopped from then on; what edits and what talks to
  // servers is loaded in it when it is needed first.
  const writing = (task: (completing: Completing, run: Run) => Promise<void>): Promise<void> =>
    runs.run(async (run) => {
      loaded ??= import('./editor/completionCommands.ts').then(({ createCompleting }) =>
        createCompleting({ ...services, last }),
      )
      await task(await loaded, run)
    })
  const mark = createInsertionMark()
  const previews = createPreviews(services)
  const showEndpoint = (): void => statusBar.setEndpoint(endpointInForce())
  showEndpoint()

  const handlers: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'infill.complete': (argument) => {
      announcer.note(argument)
      return writing((completing, run) => completing.complete(run, optionsIn(argument)))
    },
    'infill.completeLine': () =>
      writing((completing, run) => completing.complete(run, { oneLine: true })),
    'infill.cancel': () => runs.cancel(),
    'infill.regenerate': () => writing((completing, run) => completing.regenerate(run)),
    'infill.nextAlternative': () => writing((completing, run) => completing.swap(run, 1)),
    'infill.previousAlternative': () => writing((completing, run) => completing.swap(run, -1)),
    'infill.continue': () => writing((completing, run) => completing.continue(run)),
    'infill.chooseModel': async () =>
      (await import('./connection/chooseModel.ts')).chooseModel(services),
    'infill.previewRequest': () => previews.open(),
    'infill.copyAsCurl': async () => (await import('./preview/copyAsCurl.ts')).copyAsCurl(services),
    'infill.setApiKey': () => setApiKey(keys),
    'infill.removeApiKey': () => removeApiKey(keys),
    'infill.showLog': () => log.show(),
    'infill.showMenu': () => showMenu(progress, last.current, endpointInForce().label),
  }
  context.subscriptions.push(
    log,
    statusBar,
    completed,
    runs,
    last,
    mark,
    last.onDidChange(() => mark.show(last.isFresh ? last.current : null)),
    previews,
    showLenses(previews, withFailureMessage),
    { dispose: () => connector.dispose() },
    { dispose: () => builtin.dispose() },
    onWorkspaceTextChange(() => builtin.refresh()),
    window.onDidChangeActiveTextEditor(showEndpoint),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('infill')) return
      showEndpoint()
      // What the last run came to says nothing of the next one.
      if (['failed', 'done', 'swapped'].includes(progress.kind)) report({ kind: 'idle' })
    }),
    ...Object.entries(handlers).map(([id, handler]) =>
      commands.registerCommand(id, withFailureMessage(handler)),
    ),
  )
  return createApi({ connections, capabilities, notice, onDidComplete: completed.event })
}
