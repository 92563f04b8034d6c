import type { Task } from '../../src/evaluation/task.ts'
import type { TaskResult } from '../../src/evaluation/taskResult.ts'
import { isPythonTask, type PythonTask } from './humanEval.ts'
import type { Sandbox } from './python.ts'

/** As many as the machine runs without slowing them down to their time limit */
const CONCURRENCY = 2

/** The same results with `passed`, for those of tasks that have a test. */
export async function tested(
  tasks: readonly Task[],
  results: readonly TaskResult[],
  sandbox: Sandbox,
): Promise<TaskResult[]> {
  const python = new Map(tasks.filter(isPythonTask).map((task) => [task.id, task]))
  const passed = new Map<TaskResult, boolean>()
  const waiting = results.values()
  async function work(): Promise<void> {
    for (const result of waiting) {
      const task: PythonTask | undefined = python.get(result.id)
      if (task !== undefined) passed.set(result, await sandbox.passes(task, result.text))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return results.map((result) => ({ ...result, passed: passed.get(result) ?? null }))
}
