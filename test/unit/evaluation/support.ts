import type { TaskResult } from '../../../src/evaluation/taskResult.ts'
import type { Task } from '../../../src/evaluation/task.ts'

/** A result with some of its fields */
export function resultWith(fields: Partial<TaskResult>): TaskResult {
  return {
    id: 'id',
    group: 'line',
    path: 'a.ts',
    expected: 'expected',
    text: 'text',
    cost: {
      prompt_tokens: 10,
      cached_tokens: null,
      completion_tokens: 2,
      estimated: false,
      firstTokenAfter: 5,
      elapsed: 9,
    },
    dollars: null,
    problem: null,
    passed: null,
    exact: false,
    similarity: 0,
    firstLine: false,
    kept: 0,
    ...fields,
  }
}

/** A task drawn with its gap in brackets: `const x = [1]` */
export function taskIn(drawing: string, id = drawing): Task {
  const [, before = '', expected = '', after = ''] = /^([^]*)\[([^]*)\]([^]*)$/.exec(drawing) ?? []
  return { id, group: 'line', path: 'a.ts', language: 'typescript', before, expected, after }
}
