import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ProgressLocation, Uri, ViewColumn, window, workspace } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { UsageRecords } from '../../editor/run/usage.ts'
import type { Connection } from '../../generation/connection.ts'
import { BUILTIN, endpointLabel } from '../../settings/endpointLabel.ts'
import type { Settings } from '../../settings/settings.ts'
import { readSettings } from '../../settings/vscode/configuration.ts'
import type { Translate } from '../../ui/translate.ts'
import { gapsOf } from '../gaps.ts'
import { htmlReport, type Report } from '../htmlReport.ts'
import { measure, type MeasureOptions, type ResultCache } from '../measure.ts'
import { openResultCache } from '../resultCache.ts'
import { summaries } from '../summary.ts'
import type { Task } from '../task.ts'
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
  if (report !== null) await show(report, t)
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
  const tasks = gapsOf(await workspaceSources(scan), { seed: SEED, count })
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
    const endpoint = endpointLabel(settings.endpoint)
    const { model } = connection
    const results = await measure(tasks, {
      ...options,
      connection,
      settings,
      signal,
      // What the built-in endpoint answers depends on files.
      cache: isBuiltin
        ? NO_CACHE
        : await openResultCache(join(storage, 'measured.jsonl'), settings, model),
      concurrency: 2,
      check: () => accounting.check(settings, model),
      onRequest({ cost }, { language }: Task) {
        accounting.record(
          { endpoint, model, language, outcome: 'finished', end: 'stop', cost, inserted: 0 },
          settings,
        )
      },
      onProgress: (done) => onProgress(done, tasks.length),
    })
    if (results.length === 0) return null
    const title = [endpoint, model].filter((each) => each !== '').join(' · ')
    return {
      title,
      notes: [t('{count} gaps of this workspace.', { count: results.length })],
      results,
    }
  } catch (error) {
    if (signal.aborted && !(error instanceof CompletionError)) return null
    throw error
  } finally {
    await close()
  }
}

const NO_CACHE: ResultCache = { get: () => null, put: async () => undefined }

async function show(report: Report, t: Translate): Promise<void> {
  const title = t('Measured: {title}', { title: report.title })
  const panel = window.createWebviewPanel('infill.measured', title, ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
  })
  const page = htmlReport(report, randomBytes(16).toString('base64url'), t)
  panel.webview.html = page
  // Not awaited by the command: the message may stay open.
  void offerToSave(title, { page, report }, t)
}

async function offerToSave(
  title: string,
  { page, report }: { page: string; report: Report },
  t: Translate,
): Promise<void> {
  const asHtml = t('Save as HTML…')
  const asJson = t('Save as JSON…')
  const chosen = await window.showInformationMessage(`Infill: ${title}`, asHtml, asJson)
  if (chosen === asHtml) await save('html', page)
  if (chosen === asJson) {
    const whole = { ...report, summaries: summaries(report.results) }
    await save('json', JSON.stringify(whole, null, 2))
  }
}

async function save(extension: string, content: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const uri = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, `infill-measured.${extension}`) }),
    filters: { [extension.toUpperCase()]: [extension] },
  })
  if (uri !== undefined) await workspace.fs.writeFile(uri, Buffer.from(content))
}
