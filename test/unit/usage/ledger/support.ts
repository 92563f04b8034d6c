import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeptEntry, RunEntry } from '../../../../src/usage/ledger/entry.ts'

/** Noon of a day in local time: `2026-11-27` */
export function noon(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12).getTime()
}

export function runEntry(own: Partial<RunEntry> = {}): RunEntry {
  return {
    kind: 'run',
    at: noon('2026-11-27'),
    endpoint: 'localhost:8080',
    model: 'qwen',
    language: 'python',
    outcome: 'finished',
    end: 'stop',
    prompt_tokens: 100,
    cached_tokens: 60,
    completion_tokens: 10,
    estimated: false,
    firstTokenAfter: 200,
    elapsed: 900,
    dollars: 0.25,
    inserted: 40,
    ...own,
  }
}

export function keptEntry(own: Partial<KeptEntry> = {}): KeptEntry {
  const { at, endpoint, model, language } = runEntry()
  return {
    kind: 'kept',
    at,
    endpoint,
    model,
    language,
    when: 'halfMinute',
    inserted: 40,
    kept: 30,
    ...own,
  }
}

/** Call it in a suite: returns a function that makes a folder, which is removed after the test. */
export function useFolder(): () => Promise<string> {
  const made: string[] = []
  teardown(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true })
  })
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'infill-ledger-'))
    made.push(folder)
    return folder
  }
}
