import type { Memento } from 'vscode'

/** What was learned about one model behind one endpoint, so that it is not asked again each time. */
export interface Lesson {
  /** What became of a suffix in its own field */
  suffix?: 'honoured' | 'ignored' | 'echoed' | 'refused'
  /** Optional fields of the request that were refused by name */
  refused?: readonly string[]
}

export interface Lessons {
  of(endpoint: string, model: string): Lesson
  add(endpoint: string, model: string, lesson: Lesson): Promise<void>
}

/** How long a lesson counts, in ms: a server may be updated, and another one take its place. */
const LIFETIME = 7 * 24 * 60 * 60 * 1000

const KEY = 'lessons'

interface Entry {
  lesson: Lesson
  at: number
}

/** Kept where VS Code keeps an extension's state; `now` in ms. */
export function lessonsIn(
  memento: Pick<Memento, 'get' | 'update'>,
  now: () => number = Date.now,
): Lessons {
  const read = (): Record<string, Entry> => memento.get<Record<string, Entry>>(KEY, {})
  function of(endpoint: string, model: string): Lesson {
    const entry = read()[nameOf(endpoint, model)]
    return entry === undefined || now() - entry.at > LIFETIME ? {} : entry.lesson
  }
  return {
    of,
    async add(endpoint, model, lesson) {
      const before = of(endpoint, model)
      const refused = [...new Set([...(before.refused ?? []), ...(lesson.refused ?? [])])]
      const entry = { lesson: { ...before, ...lesson, refused }, at: now() }
      await memento.update(KEY, { ...read(), [nameOf(endpoint, model)]: entry })
    },
  }
}

function nameOf(endpoint: string, model: string): string {
  return `${endpoint} ${model}`
}
