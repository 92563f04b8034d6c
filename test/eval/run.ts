import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compare } from '../../src/evaluation/compare.ts'
import { columns } from '../../src/evaluation/figures.ts'
import { gapsOf } from '../../src/evaluation/gaps.ts'
import { htmlReport } from '../../src/evaluation/htmlReport.ts'
import { measure, type TaskResult } from '../../src/evaluation/measure.ts'
import { openResultCache } from '../../src/evaluation/resultCache.ts'
import { summaries } from '../../src/evaluation/summary.ts'
import type { Task } from '../../src/evaluation/task.ts'
import { markdownTable } from '../../src/settings/reference/markdownTable.ts'
import { baseUrl } from '../../src/settings/endpoint.ts'
import { RULES } from '../../src/settings/settings.ts'
import { endpointLabel } from '../../src/settings/endpointLabel.ts'
import { english } from '../../src/ui/translate.ts'
import { createLiveClient } from '../live/client.ts'
import { memory } from '../support/memory.ts'
import { noticeText } from '../support/wording.ts'
import { capabilityStoreIn } from '../../src/connection/learned/serverCapabilities.ts'
import { globOf, serveBuiltin } from './builtin.ts'
import { HUMAN_EVAL, isPythonTask, readHumanEval, type HumanEvalSet } from './humanEval.ts'
import { passes, sandboxFault } from './python.ts'
import { sourcesIn } from './sources.ts'

const USAGE = `npm run eval -- [options]
  --tasks LIST       random-span, single-line, multi-line, workspace; several with commas (random-span,workspace)
  --folder DIR       the folder whose gaps are “workspace” (the current one)
  --limit N          most tasks of each set (100)
  --seed N           chooses the gaps, and is sent with each request (1)
  --endpoint URL     builtin (the default), or a URL as in infill.endpoint
  --model NAME       --server ID       --suffix MODE      as in the settings
  --key-env NAME     the environment variable that has the API key
  --temperature N    0 by default
  --max-tokens N     128 by default
  --confidence N     infill.builtin.confidence, for the built-in endpoint
  --concurrency N    2 by default
  --no-cache         sends every request again
  --out DIR          where the report goes (out/eval)
  --compare A B      compares two reports (.json), and sends nothing`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: 'string', default: 'random-span,workspace' },
    folder: { type: 'string', default: '.' },
    limit: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    endpoint: { type: 'string', default: 'builtin' },
    model: { type: 'string', default: '' },
    server: { type: 'string', default: 'auto' },
    suffix: { type: 'string', default: 'auto' },
    'key-env': { type: 'string' },
    temperature: { type: 'string', default: '0' },
    'max-tokens': { type: 'string', default: '128' },
    confidence: { type: 'string', default: String(RULES['builtin.confidence'].default) },
    concurrency: { type: 'string', default: '2' },
    'no-cache': { type: 'boolean', default: false },
    out: { type: 'string', default: 'out/eval' },
    compare: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** The sets that are asked for, each with at most `limit` tasks, spread over it */
async function tasksOf(names: readonly string[], limit: number, seed: number): Promise<Task[]> {
  const sets = names.map(async (name) => {
    if (name === 'workspace') {
      return gapsOf(await sourcesIn(resolve(values.folder)), { seed, count: limit })
    }
    if (!isHumanEvalSet(name)) throw new Error(`There are no tasks “${name}”.\n${USAGE}`)
    const all = await readHumanEval(name)
    const step = Math.max(1, all.length / limit)
    return Array.from(
      { length: Math.min(limit, all.length) },
      (_, index) => all[Math.floor(index * step)],
    ).filter((task) => task !== undefined)
  })
  return (await Promise.all(sets)).flat()
}

function isHumanEvalSet(name: string): name is HumanEvalSet {
  return Object.hasOwn(HUMAN_EVAL, name)
}

/** @throws CompletionError */
async function run(stop: AbortSignal): Promise<void> {
  const [limit, seed] = [Number(values.limit), Number(values.seed)]
  const tasks = await tasksOf(values.tasks.split(','), limit, seed)
  const isBuiltin = values.endpoint === 'builtin'
  const folder = values.tasks.includes('workspace') ? resolve(values.folder) : null
  // It must not have read what it is asked to write.
  const files = [
    ...new Set(tasks.filter((task) => !isPythonTask(task)).map(({ path }) => globOf(path))),
  ]
  const builtin = isBuiltin ? await serveBuiltin(folder, files) : null
  const client = await createLiveClient()
  try {
    const settings = client.settings({
      endpoint: builtin?.url ?? values.endpoint,
      server: isBuiltin ? 'builtin' : values.server,
      model: values.model,
      suffix: values.suffix,
      temperature: Number(values.temperature),
      maxTokens: Number(values['max-tokens']),
      seed,
      // As the connector does for the built-in endpoint
      ...(isBuiltin && { extraBody: { confidence: Number(values.confidence) } }),
    })
    const key = values['key-env'] === undefined ? undefined : process.env[values['key-env']]
    const { origin } = baseUrl(settings.endpoint)
    if (builtin !== null) await client.keys.set(origin, builtin.token)
    else if (key !== undefined) await client.keys.set(origin, key)
    const connection = await client.connections.connect(settings, stop)
    const where = isBuiltin ? 'builtin' : endpointLabel(settings.endpoint)
    const title = [where, connection.model].filter((each) => each !== '').join(' · ')
    // The port of the built-in endpoint is another one in each run.
    const stable = { ...settings, endpoint: where }
    const cacheFile = join(values.out, 'cache.jsonl')
    const noCache = values['no-cache'] || isBuiltin
    const cache = noCache
      ? { get: () => null, put: async () => undefined }
      : await openResultCache(cacheFile, stable, connection.model)
    console.log(`${title}: ${tasks.length} tasks`)
    const results = await measure(tasks, {
      connection,
      settings,
      capabilities: capabilityStoreIn(memory()),
      notice: (notice) => console.log(noticeText(notice)),
      signal: stop,
      cache,
      concurrency: Number(values.concurrency),
      check: async () => undefined,
      onRequest: () => undefined,
      onProgress: (done) => {
        if (done % 25 === 0 || done === tasks.length) console.log(`${done} of ${tasks.length}`)
      },
    })
    console.log(`\n${reportTable(results)}\n`)
    const passed = await passRates(tasks, results)
    const notes = [
      `${values.tasks}, at most ${limit} tasks each, seed ${seed}, temperature ${values.temperature}.`,
      ...passed,
    ]
    for (const note of passed) console.log(note)
    await save({ title, notes, results })
  } finally {
    await client.close()
    await builtin?.close()
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

/** pass@1 of each set that has Python tests */
async function passRates(
  tasks: readonly Task[],
  results: readonly TaskResult[],
): Promise<string[]> {
  const byId = new Map(results.map((result) => [result.id, result]))
  const python = tasks.filter(isPythonTask)
  if (python.length === 0) return []
  const fault = await sandboxFault()
  if (fault !== null) return [`pass@1 was not measured: ${fault}.`]
  const passed = new Set<Task>()
  const waiting = python.values()
  const work = async (): Promise<void> => {
    for (const task of waiting) {
      const text = byId.get(task.id)?.text
      if (text !== undefined && (await passes(task, text))) passed.add(task)
    }
  }
  await Promise.all([work(), work()])
  return [...Map.groupBy(python, ({ group }) => group)].map(([group, own]) => {
    const count = own.filter((task) => passed.has(task)).length
    return `pass@1 of ${group}: ${((100 * count) / own.length).toFixed(1)} % (${count} of ${own.length}).`
  })
}

interface SavedReport {
  title: string
  notes: string[]
  results: TaskResult[]
}

async function save(report: SavedReport): Promise<void> {
  await mkdir(values.out, { recursive: true })
  const name = report.title.replaceAll(/[^\w.-]+/g, '-')
  const file = join(values.out, `${name}.json`)
  const page = join(values.out, `${name}.html`)
  await writeFile(
    file,
    JSON.stringify({ ...report, summaries: summaries(report.results) }, null, 2),
  )
  await writeFile(page, htmlReport(report, 'report', english))
  console.log(`${file}\n${page}`)
}

async function showComparison(files: readonly string[]): Promise<void> {
  const [first, second] = await Promise.all(
    files.map(async (file): Promise<SavedReport> => JSON.parse(await readFile(file, 'utf8'))),
  )
  if (first === undefined || second === undefined) throw new Error(USAGE)
  const { tasks, differences } = compare(first.results, second.results, Number(values.seed))
  console.log(`${basename(files[0] ?? '')} → ${basename(files[1] ?? '')}: ${tasks} tasks of both`)
  for (const { figure, first: a, second: b, difference, low, high } of differences) {
    const sign = low > 0 ? 'higher' : high < 0 ? 'lower' : 'no difference shown'
    console.log(
      `${figure.padEnd(12)}${a.toFixed(3)} → ${b.toFixed(3)}  ${difference.toFixed(3)} (95 %: ${low.toFixed(3)} to ${high.toFixed(3)}) ${sign}`,
    )
  }
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
if (values.help) console.log(USAGE)
else if (values.compare) await showComparison(positionals)
else await run(stop.signal)
