import { basename, join, resolve } from 'node:path'
import process from 'node:process'
import { capabilityStoreIn } from '../../src/connection/learned/serverCapabilities.ts'
import { columns } from '../../src/evaluation/report/figures.ts'
import { gapsOf, type SourceText } from '../../src/evaluation/gaps.ts'
import { measure, NO_CACHE } from '../../src/evaluation/measure.ts'
import { otherFilesOf } from '../../src/evaluation/otherFiles.ts'
import { openResultCache } from '../../src/evaluation/resultCache.ts'
import { summaries } from '../../src/evaluation/report/summary.ts'
import type { Task } from '../../src/evaluation/task.ts'
import type { TaskResult } from '../../src/evaluation/taskResult.ts'
import { baseUrl } from '../../src/settings/endpoint.ts'
import { endpointLabel } from '../../src/settings/endpointLabel.ts'
import { markdownTable } from '../../src/settings/reference/markdownTable.ts'
import { english } from '../../src/ui/translate.ts'
import { createLiveClient } from '../live/client.ts'
import { memory } from '../support/memory.ts'
import { noticeText } from '../support/wording.ts'
import { globOf } from '../../src/evaluation/globOf.ts'
import { serveBuiltin } from './builtin.ts'
import { isHumanEvalSet, isPythonTask, readHumanEval } from './humanEval.ts'
import { evalOptions, USAGE, type EvalOptions } from './options.ts'
import { openSandbox } from './python.ts'
import { comparison, saveReport } from './savedReport.ts'
import { sourcesIn, syntaxOf } from './sources.ts'
import { tested } from './tested.ts'

/** The sets that are asked for, each with at most `limit` tasks, spread over it */
async function tasksOf(
  { tasks, limit, seed }: EvalOptions,
  sources: readonly SourceText[],
): Promise<Task[]> {
  const sets = tasks.map(async (name) => {
    if (name === 'workspace') {
      return gapsOf(sources, { seed, count: limit })
    }
    if (!isHumanEvalSet(name)) throw new Error(`There are no tasks “${name}”.\n\n${USAGE}`)
    const all = await readHumanEval(name)
    const step = Math.max(1, all.length / limit)
    return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
  })
  return (await Promise.all(sets)).flat()
}

/** @throws CompletionError */
async function run(options: EvalOptions, stop: AbortSignal): Promise<void> {
  const folder = resolve(options.folder)
  const sources = options.tasks.includes('workspace') ? await sourcesIn(folder) : []
  const tasks = await tasksOf(options, sources)
  const { seed, temperature, maxTokens, model, server, suffix, price, confidence } = options
  const isBuiltin = options.endpoint === 'builtin'
  const builtin = isBuiltin ? await serveBuiltinFor(tasks, options) : null
  const hasOthers = options.context === 'open' && sources.length > 0 && !isBuiltin
  const others = hasOthers ? otherFilesOf(basename(folder), sources) : null
  const client = await createLiveClient()
  try {
    const settings = client.settings({
      endpoint: builtin?.url ?? options.endpoint,
      server: isBuiltin ? 'builtin' : server,
      ...(isBuiltin && { extraBody: { confidence } }),
      ...(price && { prices: { '*': price } }),
      model,
      suffix,
      temperature,
      maxTokens,
      seed,
    })
    const apiKey = builtin?.token ?? options.apiKey
    if (apiKey !== undefined) await client.keys.set(baseUrl(settings.endpoint).origin, apiKey)
    const connection = await client.connections.connect(settings, stop)
    const where = isBuiltin ? 'builtin' : endpointLabel(settings.endpoint)
    const title = [where, connection.model].filter((each) => each !== '').join(' · ')
    // What the built-in endpoint answers depends on files.
    const hasCache = options.hasCache && !isBuiltin
    const cacheFile = join(options.out, 'cache.jsonl')
    console.log(`${title}: ${tasks.length} tasks`)
    const measured = await measure(tasks, {
      connection,
      settings,
      capabilities: capabilityStoreIn(memory()),
      notice: (notice) => console.log(noticeText(notice)),
      syntaxOf: async (language) => syntaxOf(language),
      signal: stop,
      others,
      cache: hasCache
        ? await openResultCache(cacheFile, settings, connection.model, others)
        : NO_CACHE,
      concurrency: options.concurrency,
      check: async () => undefined,
      onRequest: () => undefined,
      onProgress: (done) => {
        if (done % 25 === 0 || done === tasks.length) console.log(`${done} of ${tasks.length}`)
      },
    })
    const { results, fault } = await withTests(tasks, measured)
    const notes = [
      `${options.tasks.join(', ')}: at most ${options.limit} tasks each, seed ${seed}, temperature ${temperature}, max_tokens ${maxTokens}.`,
      ...(hasOthers ? ['With parts of the files beside the gaps.'] : []),
      ...(isBuiltin ? [`Confidence ${confidence}. It has not read the files with the gaps.`] : []),
      ...(measured.length < tasks.length
        ? [`Stopped before the other ${tasks.length - measured.length}.`]
        : []),
      ...(fault === null ? [] : [`The tests (pass@1) were not run: ${fault}.`]),
    ]
    const files = await saveReport({ title, notes, results }, options.out)
    console.log(['', reportTable(results), '', ...notes, ...files].join('\n'))
  } finally {
    await client.close()
    await builtin?.close()
  }
}

/** It must not have read what it is asked to write. */
function serveBuiltinFor(tasks: readonly Task[], options: EvalOptions) {
  const folder = options.tasks.includes('workspace') ? resolve(options.folder) : null
  const paths = tasks.filter((task) => !isPythonTask(task)).map(({ path }) => globOf(path))
  return serveBuiltin(folder, [...new Set(paths)])
}

async function withTests(
  tasks: readonly Task[],
  results: readonly TaskResult[],
): Promise<{ results: readonly TaskResult[]; fault: string | null }> {
  if (!tasks.some(isPythonTask)) return { results, fault: null }
  try {
    return { results: await tested(tasks, results, await openSandbox()), fault: null }
  } catch (error) {
    return { results, fault: error instanceof Error ? error.message : String(error) }
  }
}

/** The summaries as a table in Markdown */
function reportTable(results: readonly TaskResult[]): string {
  const shown = columns(english)
  return markdownTable(
    shown.map(([title]) => title),
    summaries(results).map((summary) => shown.map(([, text]) => text(summary))),
  )
}

/** @param args the flags in `USAGE` @throws CompletionError */
export async function runEval(args: readonly string[]): Promise<void> {
  const options = evalOptions(args, process.env)
  if (options.isHelp) return console.log(USAGE)
  if (options.compare !== null) return console.log(await comparison(options.compare, options.seed))
  const stop = new AbortController()
  // The terminal and the launcher both send it, so it arrives twice.
  process.on('SIGINT', () => stop.abort())
  await run(options, stop.signal)
}
