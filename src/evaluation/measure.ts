import { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'
import { generate, type GenerateOptions } from '../generation/generate.ts'
import { contextWindow } from '../infill/context/contextWindow.ts'
import { createMeter } from '../usage/meter.ts'
import { dollarsFor, priceOf } from '../usage/price.ts'
import type { Cost } from '../usage/progress.ts'
import { charactersPerTokenOf } from '../usage/script.ts'
import { scoresOf, type Scores } from './scores.ts'
import type { Task } from './task.ts'
import { documentOf } from './textLines.ts'

/** What came of one task */
export interface TaskResult extends Scores {
  readonly id: string
  readonly group: string
  readonly path: string
  readonly expected: string
  /** What would have been inserted */
  readonly text: string
  readonly cost: Cost
  /** `null` without a price */
  readonly dollars: number | null
  /** Why there is no completion; `null`: there is one */
  readonly problem: Problem | null
}

/** Results of earlier runs. A task that has one is not sent again. */
export interface ResultCache {
  get(task: Task): TaskResult | null
  put(task: Task, result: TaskResult): Promise<void>
}

export interface MeasureOptions extends Pick<
  GenerateOptions,
  'connection' | 'settings' | 'capabilities' | 'notice' | 'signal'
> {
  readonly cache: ResultCache
  /** Number of tasks that are sent at the same time */
  readonly concurrency: number
  /** Called before each request. @throws CompletionError to end the measurement */
  readonly check: () => Promise<void>
  /** Called after each request that was answered */
  readonly onRequest: (result: TaskResult, task: Task) => void
  /** Called with the number of tasks that are done */
  readonly onProgress: (done: number) => void
}

/**
 * Sends every task as a completion of the editor would be sent, filters included, and compares the results
 * with what the authors wrote. What has been measured when the signal is aborted is returned.
 *
 * @returns results in the order of the tasks
 * @throws CompletionError when an error would be that of every other task as well, such as a wrong key
 */
export async function measure(
  tasks: readonly Task[],
  options: MeasureOptions,
): Promise<TaskResult[]> {
  const { cache, concurrency, signal, check, onRequest, onProgress } = options
  const results = new Map<Task, TaskResult>()
  const waiting = tasks.values()

  async function work(): Promise<void> {
    for (const task of waiting) {
      if (signal.aborted) return
      const known = cache.get(task)
      const result = known ?? (await check(), await resultOf(task, options))
      if (signal.aborted) return
      if (known === null && result.problem === null) {
        onRequest(result, task)
        await cache.put(task, result)
      }
      results.set(task, result)
      onProgress(results.size)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return tasks.flatMap((task) => results.get(task) ?? [])
}

/** Errors that the next task would have as well */
const FATAL: ReadonlySet<CompletionError['kind']> = new Set([
  'invalid_request',
  'not_confirmed',
  'budget',
  'unreachable',
  'proxy',
  'certificate',
  'authentication',
  'not_found',
  'quota',
])

async function resultOf(task: Task, options: MeasureOptions): Promise<TaskResult> {
  const { settings, connection, signal } = options
  const { lines, cursor, surroundings } = documentOf(task)
  const characters = Math.floor(
    settings.contextTokens * charactersPerTokenOf(task.before.slice(-2000)),
  )
  const { prefixShare } = settings
  const context = contextWindow(lines, { start: cursor, end: cursor }, { characters, prefixShare })
  const meter = createMeter(context.prompt.length + context.suffix.length)
  let text = ''
  let problem: Problem | null = null
  try {
    const onChunks: GenerateOptions['onChunks'] = (chunks) => {
      for (const chunk of chunks) meter.read(chunk)
    }
    for await (const pieces of generate(context, { ...options, surroundings, onChunks })) {
      for (const piece of pieces) if (piece.index === 0) text += piece.text
    }
  } catch (error) {
    if (!(error instanceof CompletionError) || FATAL.has(error.kind)) {
      if (!signal.aborted) throw error
    } else problem = error.problem
  }
  const cost = meter.cost()
  const price = priceOf(connection.model, settings.prices)
  const { id, group, path, expected } = task
  return {
    id,
    group,
    path,
    expected,
    text,
    cost,
    dollars: price && dollarsFor(cost, price),
    problem,
    ...scoresOf(text, expected),
  }
}
