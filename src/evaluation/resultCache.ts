import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isFields, number, string } from '../completions/fields.ts'
import { RULES, type Settings } from '../settings/settings.ts'
import type { ResultCache } from './measure.ts'
import type { OtherFiles } from './otherFiles.ts'
import { scoresOf } from './scores.ts'
import type { Task } from './task.ts'
import type { TaskResult } from './taskResult.ts'

/**
 * A cache in a file, to which each result is appended as a line of JSON: a run that was interrupted goes on
 * where it ended. A result counts for the same text, connection and settings only.
 *
 * @param model of the connection
 * @param others what parts of other files are sent
 */
export async function openResultCache(
  file: string,
  settings: Settings,
  model: string,
  others: OtherFiles | null,
): Promise<ResultCache> {
  await mkdir(dirname(file), { recursive: true })
  const known = linesIn(await readFile(file, 'utf8').catch(() => ''))
  const values = Object.keys(RULES).map((name) => [
    name,
    Object.entries(settings).find(([each]) => each === name)?.[1],
  ])
  const run = JSON.stringify([model, values, others?.digest])
  const keyOf = ({ before, after }: Task): string =>
    createHash('sha256')
      .update(JSON.stringify([run, before, after]))
      .digest('hex')
  return {
    get(task) {
      const stored = known.get(keyOf(task))
      return stored === undefined
        ? null
        : { ...stored, ...identityOf(task), ...scoresOf(stored.text, task.expected) }
    },
    async put(task, { text, cost, dollars }) {
      await appendFile(file, `${JSON.stringify({ key: keyOf(task), text, cost, dollars })}\n`)
    },
  }
}

type Stored = Pick<TaskResult, 'text' | 'cost' | 'dollars' | 'problem' | 'passed'>

function identityOf({
  id,
  group,
  path,
  expected,
}: Task): Pick<TaskResult, 'id' | 'group' | 'path' | 'expected'> {
  return { id, group, path, expected }
}

/** Key → result. The last line may be cut, and other programs may have written to the file. */
function linesIn(text: string): Map<string, Stored> {
  const found = new Map<string, Stored>()
  for (const line of text.split('\n')) {
    const parsed = parseLine(line)
    if (parsed !== null) found.set(parsed.key, parsed.stored)
  }
  return found
}

function parseLine(line: string): { key: string; stored: Stored } | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (!isFields(value) || !isFields(value['cost'])) return null
  const { cost } = value
  const key = string(value['key'])
  const text = string(value['text'])
  if (key === null || text === null) return null
  const stored: Stored = {
    text,
    cost: {
      prompt_tokens: number(cost['prompt_tokens']) ?? 0,
      cached_tokens: number(cost['cached_tokens']),
      completion_tokens: number(cost['completion_tokens']) ?? 0,
      estimated: cost['estimated'] !== false,
      firstTokenAfter: number(cost['firstTokenAfter']),
      elapsed: number(cost['elapsed']) ?? 0,
    },
    dollars: number(value['dollars']),
    problem: null,
    passed: null,
  }
  return { key, stored }
}
