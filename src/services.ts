import { l10n, Uri, window, workspace, type EventEmitter, type ExtensionContext } from 'vscode'
import { builtinOnDemand } from './builtin/onDemand.ts'
import type { StartOptions } from './builtin/start.ts'
import type { CommandId } from './commands.ts'
import { apiKeysIn } from './connection/apiKeys.ts'
import { createConsent } from './connection/consent.ts'
import { createConnections } from './connection/connections.ts'
import { createConnector } from './connection/connector.ts'
import { learningRatios } from './connection/learned/learnRatios.ts'
import { capabilityStoreIn } from './connection/learned/serverCapabilities.ts'
import { tokenRatiosIn } from './connection/learned/tokenRatios.ts'
import { createApi, type Api, type Completed } from './editor/api.ts'
import type { CompletionCommands } from './editor/completionCommands.ts'
import { optionsIn } from './editor/completeOptions.ts'
import { createLanguageSyntaxes } from './editor/document/languageConfiguration.ts'
import { createLastInsertion } from './editor/insertion/lastInsertion.ts'
import type { ProjectFiles } from './editor/project/projectFiles.ts'
import { createRuns, type Run } from './editor/run/runs.ts'
import type { UsageRecords } from './editor/run/usage.ts'
import { createPreviews } from './preview/previewRequest.ts'
import { showLenses } from './preview/previewLens.ts'
import type { Settings } from './settings/settings.ts'
import { configuredEndpoint, readSettings } from './settings/vscode/configuration.ts'
import { onWorkspaceTextChange, workspaceText } from './settings/vscode/workspaceText.ts'
import { createAnnouncer } from './ui/announcer.ts'
import { createWarmUp } from './editor/warmUp.ts'
import { tellAboutBuiltin } from './ui/firstCompletion.ts'
import { createLanguageStatus } from './ui/status/languageStatus.ts'
import { createConfidence } from './ui/confidence/confidence.ts'
import { createInsertionMark } from './ui/insertionMark.ts'
import { logged, logProgress } from './ui/log/log.ts'
import { createMessages } from './ui/messages.ts'
import { createStatusBar } from './ui/status/statusBar.ts'
import { english, type Translate } from './ui/translate.ts'
import type { Progress } from './usage/progress.ts'

const t: Translate = (message, args = {}) => l10n.t(message, args)

/** What stands behind the commands and the exported API */
export interface Services {
  run(id: CommandId, argument: unknown): Promise<void>
  api: Pick<Api, 'create' | 'createStreaming'>
}

/**
 * Builds the services, which live as long as the extension. See README.md in this folder for the code
 * map.
 */
export function createServices(
  context: ExtensionContext,
  completed: EventEmitter<Completed>,
): Services {
  const log = window.createOutputChannel('Infill', { log: true })
  const messages = createMessages(log, t)
  const keys = apiKeysIn(context.secrets)
  const statusBar = createStatusBar('infill.showMenu', t)
  const languageStatus = createLanguageStatus('infill.showMenu', t)
  const builtinOptions = (): StartOptions => ({
    script: Uri.joinPath(context.extensionUri, 'dist', 'builtin.js').fsPath,
    workspace: workspaceText(),
  })
  const builtin = builtinOnDemand(builtinOptions)
  const consent = createConsent({
    workspaceState: context.workspaceState,
    globalState: context.globalState,
    ask: async (question) => (await import('./ui/consentQuestions.ts')).askForConsent(question, t),
  })
  const connector = createConnector({
    consent,
    keys,
    builtin: () => builtin.get(),
    around: (send) => logged(log, send),
  })
  const announcer = createAnnouncer(t)
  let progress: Progress = { kind: 'idle' }
  function report(next: Progress): void {
    progress = next
    statusBar.show(next)
    logProgress(log, next)
    announcer.announce(next)
    if (next.kind === 'failed') void messages.failure(next.error)
    if (next.kind === 'done') void tellAboutBuiltin(next, context.globalState, t)
    if (next.kind === 'done') confidence.completed()
    if (next.kind === 'done') completed.fire({ end: next.end.reason, cost: next.cost })
  }
  const ratios = tokenRatiosIn(context.globalState)
  const connections = learningRatios(createConnections(connector), ratios)
  const capabilities = capabilityStoreIn(context.globalState)
  const runs = createRuns(report)
  const last = createLastInsertion()
  const confidence = createConfidence(last, context.globalState, t)
  const syntaxes = createLanguageSyntaxes()
  let files: Promise<ProjectFiles> | undefined
  const filesOnce = (): Promise<ProjectFiles> =>
    (files ??= import('./editor/project/projectFiles.ts').then(({ createProjectFiles }) =>
      createProjectFiles(syntaxes),
    ))
  const services = {
    connect: (settings: Settings, signal: AbortSignal) => connections.connect(settings, signal),
    wire: (settings: Settings) => connector.connect(settings),
    capabilities,
    ratios,
    files: filesOnce,
    notice: messages.notice,
    showsConfidence: () => confidence.isOn,
  }
  let records: Promise<UsageRecords> | undefined
  const recordsOnce = (): Promise<UsageRecords> =>
    (records ??= Promise.all([import('./editor/run/usage.ts'), import('./ui/log/runLog.ts')]).then(
      ([{ createUsageRecords }, { logRun }]) =>
        createUsageRecords({
          folder: Uri.joinPath(context.globalStorageUri, 'usage').fsPath,
          state: context.globalState,
          notice: messages.notice,
          onRecord: (entry) => logRun(log, entry),
        }),
    ))
  let loaded: Promise<CompletionCommands> | undefined
  const commandsOnce = (): Promise<CompletionCommands> =>
    (loaded ??= Promise.all([
      import('./editor/completionCommands.ts'),
      recordsOnce(),
      filesOnce(),
    ]).then(([{ createCompletionCommands }, usage, project]) =>
      createCompletionCommands({ ...services, last, usage, syntaxes, files: project }),
    ))
  // The run begins with the key press, so that it can be stopped from then on. The code that edits and
  // the code that talks to servers are loaded within it, at the first use.
  const inRun = (task: (commands: CompletionCommands, run: Run) => Promise<void>): Promise<void> =>
    runs.run(async (run) => {
      await task(await commandsOnce(), run)
    })
  // When VS Code has started and the user has an editor, the code of a run is loaded ahead.
  const warmUp = createWarmUp(async () => {
    await Promise.all([
      commandsOnce(),
      connector.warmUp(readSettings(window.activeTextEditor?.document)),
    ])
  })
  const mark = createInsertionMark()
  const previews = createPreviews({
    ...services,
    usage: recordsOnce,
    consent,
    describe: async (problem) => (await import('./ui/wording.ts')).problemMessage(problem, t),
  })
  const showEndpoint = (): void => {
    const endpoint = configuredEndpoint()
    statusBar.setEndpoint(endpoint)
    languageStatus.setEndpoint(endpoint)
  }
  showEndpoint()

  const handlers: Readonly<Record<CommandId, (argument?: unknown) => unknown>> = {
    'infill.complete': (argument) => {
      announcer.detectScreenReader(argument)
      return inRun((completion, run) => completion.complete(run, optionsIn(argument)))
    },
    'infill.completeLine': () => inRun((each, run) => each.complete(run, { oneLine: true })),
    'infill.suggest': () => inRun((completion, run) => completion.suggest(run)),
    'infill.cancel': () => runs.cancel(),
    'infill.regenerate': () => inRun((completion, run) => completion.regenerate(run)),
    'infill.nextAlternative': () => inRun((completion, run) => completion.swap(run, 1)),
    'infill.previousAlternative': () => inRun((completion, run) => completion.swap(run, -1)),
    'infill.continue': () => inRun((completion, run) => completion.continue(run)),
    'infill.toggleConfidence': () => confidence.toggle(),
    'infill.pickToken': async (argument) => {
      const { chooseToken } = await import('./ui/confidence/pickToken.ts')
      const pick = await chooseToken(last, argument, t)
      if (pick !== undefined) await inRun((completion, run) => completion.pick(run, pick))
    },
    'infill.connect': async () => {
      const { connectCommand } = await import('./connect/vscode/connectCommand.ts')
      await connectCommand({ connector, keys, consent, capabilities, t })
    },
    'infill.switchProfile': async () =>
      (await import('./connection/switchProfile.ts')).switchProfile(context.globalState),
    'infill.chooseModel': async () => {
      const { chooseModel } = await import('./connection/chooseModel.ts')
      const { errorMessage } = await import('./ui/wording.ts')
      await chooseModel({ ...services, describe: (error) => errorMessage(error, t) })
    },
    'infill.previewRequest': () => previews.open(),
    'infill.copyAsCurl': async () => (await import('./preview/copyAsCurl.ts')).copyAsCurl(services),
    'infill.setApiKey': async () => (await import('./connection/keyCommands.ts')).setApiKey(keys),
    'infill.removeApiKey': async () =>
      (await import('./connection/keyCommands.ts')).removeApiKey(keys),
    'infill.showUsage': async () =>
      (await import('./ui/usage/usageCommands.ts')).showUsage((await recordsOnce()).ledger, t),
    'infill.resetUsage': async () =>
      (await import('./ui/usage/usageCommands.ts')).resetUsage((await recordsOnce()).ledger, t),
    'infill.measure': async () =>
      (await import('./measureModel.ts')).measureModel({
        ...services,
        connector,
        builtin: builtinOptions(),
        usage: recordsOnce,
        storage: context.storageUri?.fsPath,
        t,
      }),
    'infill.showLog': () => log.show(),
    'infill.showMenu': async () => {
      const state = {
        progress,
        last: last.current,
        endpoint: configuredEndpoint(),
        showsConfidence: confidence.isOn,
      }
      await (await import('./ui/menu.ts')).showMenu(state, t)
    },
  }
  context.subscriptions.push(
    log,
    statusBar,
    languageStatus,
    runs,
    last,
    keys,
    warmUp,
    mark,
    confidence,
    // Its color would mix with those of the tokens.
    confidence.onDidChange(() => mark.show(confidence.isShown ? null : last)),
    previews,
    showLenses(previews, messages.withFailureMessage),
    { dispose: () => void files?.then((each) => each.dispose()) },
    { dispose: () => void records?.then((each) => each.dispose()) },
    { dispose: () => connector.dispose() },
    { dispose: () => builtin.dispose() },
    onWorkspaceTextChange(() => builtin.refresh()),
    window.onDidChangeActiveTextEditor(showEndpoint),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('infill')) return
      consent.reset()
      showEndpoint()
      // The result of the last run says nothing about the next one.
      if (['failed', 'done', 'swapped'].includes(progress.kind)) report({ kind: 'idle' })
    }),
  )
  return {
    run: (id, argument) => messages.withFailureMessage(handlers[id])(argument),
    api: createApi({
      connections,
      capabilities,
      notice: messages.notice,
      usage: recordsOnce,
      describe: async (error) => (await import('./ui/wording.ts')).errorMessage(error, english),
    }),
  }
}
