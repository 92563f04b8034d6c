import type { CompletionErrorKind } from '../completions/errors.ts'
import { dollarsFor, priceOf } from '../usage/price.ts'
import { completeTask, type CompleteTaskOptions, type EndedRequest } from './completeTask.ts'
import { scoresOf } from './scores.ts'
import type { Task } from './task.ts'
import type { TaskResult } from './taskResult.ts'

/** Results of earlier runs. A task that has one is not sent again. */
export interface ResultCache {
  get(task: Task): TaskResult | null
  put(task: Task, result: TaskResult): Promise<void>
}

export const NO_CACHE: ResultCache = { get: () => null, put: async () => undefined }

export interface MeasureOptions extends CompleteTaskOptions {
  readonly cache: ResultCache
  /** Number of tasks that are sent at the same time */
  readonly concurrency: number
  /** Called before each request. @throws CompletionError to end the measurement */
  readonly check: () => Promise<void>
  /** Called after each request, also one that failed or was cancelled: it may have cost something. */
  readonly onRequest: (request: EndedRequest, task: Task) => void
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
  const { cache, concurrency, check, onRequest, onProgress } = options
  // An error ends the other requests, which nobody waits for any more.
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const results = new Map<Task, TaskResult>()
  const waiting = tasks.values()

  async function resultOf(task: Task): Promise<TaskResult | null> {
    const known = cache.get(task)
    if (known !== null) return known
    await check()
    const request = await completeTask(task, { ...options, signal })
    onRequest(request, task)
    if (request.outcome === 'cancelled') return null
    if (request.error !== null && FATAL.has(request.error.kind)) throw request.error
    const result = scored(task, request, options)
    if (result.problem === null) await cache.put(task, result)
    return result
  }

  async function work(): Promise<void> {
    for (const task of waiting) {
      if (signal.aborted) return
      const result = await resultOf(task)
      if (result === null) return
      results.set(task, result)
      onProgress(results.size)
    }
  }
  const workers = Array.from({ length: concurrency }, work)
  try {
    await Promise.all(workers)
  } finally {
    failed.abort()
    await Promise.allSettled(workers)
  }
  return tasks.flatMap((task) => results.get(task) ?? [])
}

/** Errors that the next task would have as well */
const FATAL: ReadonlySet<CompletionErrorKind> = new Set([
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

function scored(
  { id, group, path, expected }: Task,
  { text, cost, error }: EndedRequest,
  { connection, settings }: Pick<MeasureOptions, 'connection' | 'settings'>,
): TaskResult {
  const price = priceOf(connection.model, settings.prices)
  return {
    id,
    group,
    path,
    expected,
    text,
    cost,
    dollars: price && dollarsFor(cost, price),
    problem: error && error.problem,
    passed: null,
    ...scoresOf(text, expected),
  }
}
