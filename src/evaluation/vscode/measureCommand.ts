import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { env, ProgressLocation, Uri, ViewColumn, window, workspace } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { TokenRatios } from '../../connection/learned/tokenRatios.ts'
import { createLanguageSyntaxes } from '../../editor/document/languageConfiguration.ts'
import type { UsageRecords } from '../../editor/run/usage.ts'
import type { Connection } from '../../generation/connection.ts'
import { BUILTIN, endpointLabel } from '../../settings/endpointLabel.ts'
import type { Settings } from '../../settings/settings.ts'
import { readSettings } from '../../settings/vscode/configuration.ts'
import type { Translate } from '../../ui/translate.ts'
import { gapsOf } from '../gaps.ts'
import { htmlReport, REPORT_ACTIONS, type Report, type ReportAction } from '../report/htmlReport.ts'
import { otherFilesOf } from '../otherFiles.ts'
import { measure, NO_CACHE, type MeasureOptions } from '../measure.ts'
import { openResultCache } from '../resultCache.ts'
import { summaries } from '../report/summary.ts'
import { workspaceSources, type Scan } from './sources.ts'

export interface MeasureCommandOptions extends Pick<MeasureOptions, 'capabilities' | 'notice'> {
  connect: (settings: Settings, signal: AbortSignal) => Promise<Connection>
  /** A connection to a built-in endpoint that has not read these files, and its end */
  connectBuiltin: (
    settings: Settings,
    exclude: readonly string[],
    signal: AbortSignal,
  ) => Promise<{ connection: Connection; close: () => Promise<void> }>
  usage: () => Promise<Pick<UsageRecords, 'accounting'>>
  ratios: Pick<TokenRatios, 'of'>
  scan: Scan
  /** The folder of the workspace's data; `undefined` without a workspace */
  storage: string | undefined
  t: Translate
}

/** Number of gaps to choose from */
const SIZES = [20, 100, 400]

/** The gaps of a workspace are the same until its files change, so that two models can be compared. */
const SEED = 1

/** Measures the configured model on gaps of the workspace, and shows a report. */
export async function measureCommand(options: MeasureCommandOptions): Promise<void> {
  const { t, storage } = options
  if (!workspace.isTrusted || storage === undefined) {
    const message = t('Open a trusted folder: the gaps are cut out of its files.')
    void window.showInformationMessage(`Infill: ${message}`)
    return
  }
  const settings = readSettings(window.activeTextEditor?.document)
  const size = await askSize(settings, t)
  if (size === null) return
  const abort = new AbortController()
  const report = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: `Infill: ${t('Measuring')}`,
      cancellable: true,
    },
    (progress, token) => {
      token.onCancellationRequested(() => abort.abort())
      const onProgress = (done: number, of: number): void =>
        progress.report({
          message: t('{done} of {of}', { done, of }),
          increment: 100 / of,
        })
      return measured({ ...options, storage }, settings, size, abort.signal, onProgress)
    },
  )
  if (report !== null) show(report, t)
}

async function askSize({ endpoint }: Settings, t: Translate): Promise<number | null> {
  const items = SIZES.map((size) => ({
    size,
    label: t('{count} gaps', { count: size }),
    description: t('{count} requests to {name}', { count: size, name: endpointLabel(endpoint) }),
  }))
  const placeHolder = t(
    'Lines, halves of lines, blocks and calls are cut out of the files of this workspace.',
  )
  const chosen = await window.showQuickPick(items, { title: t('Measure This Model'), placeHolder })
  return chosen?.size ?? null
}

/** @returns `null` when nothing was measured */
async function measured(
  options: MeasureCommandOptions & { storage: string },
  settings: Settings,
  count: number,
  signal: AbortSignal,
  onProgress: (done: number, of: number) => void,
): Promise<Report | null> {
  const { t, scan, storage, connect, connectBuiltin } = options
  const sources = await workspaceSources(scan)
  const tasks = await gapsOf(sources, { seed: SEED, count })
  if (tasks.length === 0) {
    void window.showInformationMessage(
      `Infill: ${t('This workspace has no code files to measure with.')}`,
    )
    return null
  }
  const isBuiltin = settings.endpoint === BUILTIN
  const { connection, close } = isBuiltin
    ? await connectBuiltin(settings, [...new Set(tasks.map(({ path }) => path))], signal)
    : { connection: await connect(settings, signal), close: async () => undefined }
  try {
    const { accounting } = await options.usage()
    const syntaxes = createLanguageSyntaxes()
    const endpoint = endpointLabel(settings.endpoint)
    const { model } = connection
    // The built-in endpoint reads the files itself.
    const hasOthers = !isBuiltin && settings['context.files'] !== 'off'
    const name = workspace.workspaceFolders?.[0]?.name ?? ''
    const others = hasOthers ? otherFilesOf(name, sources) : null
    const results = await measure(tasks, {
      ...options,
      connection,
      settings,
      signal,
      // What the built-in endpoint answers depends on files.
      cache: isBuiltin
        ? NO_CACHE
        : await openResultCache(join(storage, 'measured.jsonl'), settings, model, others),
      others,
      syntaxOf: (language) => syntaxes.of(language),
      charactersPerToken: options.ratios.of(settings),
      concurrency: 2,
      check: () => accounting.check(settings, model),
      onRequest({ cost, outcome, end }, { language }) {
        accounting.record({ endpoint, model, language, outcome, end, cost, inserted: 0 }, settings)
      },
      onProgress: (done) => onProgress(done, tasks.length),
    })
    if (results.length === 0) return null
    const title = [endpoint, model].filter((each) => each !== '').join(' · ')
    return {
      title,
      notes: notesOn({ settings, isBuiltin, hasOthers, done: results.length, of: tasks.length }, t),
      results,
    }
  } catch (error) {
    if (signal.aborted && !(error instanceof CompletionError)) return null
    throw error
  } finally {
    await close()
  }
}

interface Circumstances {
  settings: Settings
  isBuiltin: boolean
  /** Whether parts of other files were sent */
  hasOthers: boolean
  /** Number of gaps that were measured, and that were to be */
  done: number
  of: number
}

function notesOn(
  { settings, isBuiltin, hasOthers, done, of }: Circumstances,
  t: Translate,
): string[] {
  const { temperature } = settings
  return [
    t('{count} gaps of this workspace, seed {seed}.', { count: done, seed: SEED }),
    ...(done < of ? [t('Stopped before the other {count}.', { count: of - done })] : []),
    ...(temperature === null ? [] : [t('Temperature: {temperature}.', { temperature })]),
    ...(hasOthers ? [t('With parts of the files beside them.')] : []),
    ...(isBuiltin ? [t('The built-in endpoint has not read the files with the gaps.')] : []),
  ]
}

function show(report: Report, t: Translate): void {
  const title = t('Measured: {title}', { title: report.title })
  const panel = window.createWebviewPanel('infill.measured', title, ViewColumn.Beside, {
    enableScripts: true,
    localResourceRoots: [],
  })
  const page = { locale: env.language, nonce: randomBytes(16).toString('base64url'), t }
  const contents: Readonly<Record<ReportAction, () => Promise<void>>> = {
    saveHtml: () => save('html', htmlReport(report, { ...page, hasButtons: false })),
    saveJson: () =>
      save('json', JSON.stringify({ ...report, summaries: summaries(report.results) }, null, 2)),
  }
  panel.webview.onDidReceiveMessage(async (message: unknown) => {
    const action = REPORT_ACTIONS.find((each) => each === message)
    if (action !== undefined) await contents[action]()
  })
  panel.webview.html = htmlReport(report, { ...page, hasButtons: true })
}

async function save(extension: string, content: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const uri = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, `infill-measured.${extension}`) }),
    filters: { [extension.toUpperCase()]: [extension] },
  })
  if (uri !== undefined) await workspace.fs.writeFile(uri, Buffer.from(content))
}
