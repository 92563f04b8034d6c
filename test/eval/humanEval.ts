import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { isFields, string } from '../../src/completions/fields.ts'
import type { Task } from '../../src/evaluation/task.ts'

/** The sets of HumanEval infilling (github.com/openai/human-eval-infilling), by their names here */
export const HUMAN_EVAL = {
  'single-line': 'SingleLineInfilling',
  'multi-line': 'MultiLineInfilling',
  'random-span': 'RandomSpanInfillingLight',
} as const

export type HumanEvalSet = keyof typeof HUMAN_EVAL

export function isHumanEvalSet(name: string): name is HumanEvalSet {
  return Object.hasOwn(HUMAN_EVAL, name)
}

/** A task with a Python test, which defines `check` */
export interface PythonTask extends Task {
  readonly test: string
  readonly entryPoint: string
}

export function isPythonTask(task: Task): task is PythonTask {
  return 'test' in task
}

/** @throws Error when the file has a task without one of its fields */
export async function readHumanEval(set: HumanEvalSet): Promise<PythonTask[]> {
  const file = new URL(`human-eval/HumanEval-${HUMAN_EVAL[set]}.jsonl.gz`, import.meta.url)
  const lines = gunzipSync(await readFile(file))
    .toString('utf8')
    .split('\n')
  return lines.filter((line) => line !== '').map((line) => taskOf(JSON.parse(line), set))
}

function taskOf(value: unknown, group: string): PythonTask {
  const fields = isFields(value) ? value : {}
  const field = (name: string): string => {
    const text = string(fields[name])
    if (text === null) throw new Error(`A task of ${group} has no ${name}.`)
    return text
  }
  return {
    id: field('task_id'),
    group,
    path: `${field('entry_point')}.py`,
    language: 'python',
    before: field('prompt'),
    after: field('suffix'),
    expected: field('canonical_solution'),
    test: field('test'),
    entryPoint: field('entry_point'),
  }
}
