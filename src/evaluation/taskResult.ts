import type { Problem } from '../completions/problems.ts'
import type { Cost } from '../usage/progress.ts'
import type { Scores } from './scores.ts'
import type { Task } from './task.ts'

/** What came of one task */
export interface TaskResult extends Scores, Pick<Task, 'id' | 'group' | 'path' | 'expected'> {
  /** What would have been inserted */
  readonly text: string
  readonly cost: Cost
  /** `null` without a price */
  readonly dollars: number | null
  /** Why there is no completion; `null`: there is one */
  readonly problem: Problem | null
  /** Whether the file with the completion passes the test of the task; `null`: it was not run */
  readonly passed: boolean | null
}
