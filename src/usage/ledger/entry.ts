import { isFields, number, string } from '../../completions/fields.ts'

/** One line of a ledger file. It never contains text of a document. */
export type Entry = RunEntry | KeptEntry

/** What both kinds of entries belong to. */
export interface Origin {
  /** ms since 1970 */
  at: number
  /** The host, or `builtin` */
  endpoint: string
  /** Empty if it is not known */
  model: string
  /** VS Code's id of the language */
  language: string
}

/** One run: the requests for all cursors of one command. */
export interface RunEntry extends Origin {
  kind: 'run'
  outcome: RunOutcome
  /** A finish_reason, why the run was stopped, or the kind of the error */
  end: string
  prompt_tokens: number
  /** The part of `prompt_tokens` that the server had cached; 0 if it is not known */
  cached_tokens: number
  completion_tokens: number
  /** Whether the token counts are estimates */
  estimated: boolean
  /** ms; `null`: no text arrived */
  firstTokenAfter: number | null
  /** ms */
  elapsed: number
  /** `null`: the model has no price */
  dollars: number | null
  /** Characters that the run left in the document */
  inserted: number
}

export type RunOutcome = 'finished' | 'cancelled' | 'failed'

/** How much of one insertion was in the document some time later. */
export interface KeptEntry extends Origin {
  kind: 'kept'
  when: KeptWhen
  /** Characters */
  inserted: number
  /** Characters; at most `inserted` */
  kept: number
}

/** After 30 s, after 2 min, and at the next save. */
export const KEPT_WHEN = ['halfMinute', 'twoMinutes', 'save'] as const

export type KeptWhen = (typeof KEPT_WHEN)[number]

/** Names are cut to it: a server can send a model name of any length. */
const MAX_NAME = 120

/** A count above it is not plausible. */
const MAX_COUNT = 1e12

/** One line, with its line break. */
export function formatEntry(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`
}

/** The entry in a line of a file; `null` if it is none: torn, or of a later version. */
export function parseEntry(line: string): Entry | null {
  const value = parsed(line)
  if (!isFields(value)) return null
  const at = number(value['at'])
  if (at === null) return null
  const origin = {
    at,
    endpoint: name(value['endpoint']),
    model: name(value['model']),
    language: name(value['language']),
  }
  const inserted = count(value['inserted'])
  if (value['kind'] === 'kept') {
    const when = KEPT_WHEN.find((each) => each === value['when'])
    if (when === undefined) return null
    return {
      kind: 'kept',
      ...origin,
      when,
      inserted,
      kept: Math.min(inserted, count(value['kept'])),
    }
  }
  if (value['kind'] !== 'run') return null
  const { firstTokenAfter, dollars, outcome } = value
  return {
    kind: 'run',
    ...origin,
    outcome: outcome === 'failed' || outcome === 'cancelled' ? outcome : 'finished',
    end: name(value['end']),
    prompt_tokens: count(value['prompt_tokens']),
    cached_tokens: count(value['cached_tokens']),
    completion_tokens: count(value['completion_tokens']),
    estimated: value['estimated'] === true,
    firstTokenAfter: firstTokenAfter === null ? null : count(firstTokenAfter),
    elapsed: count(value['elapsed']),
    dollars: dollars === null ? null : amount(dollars),
    inserted,
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function name(value: unknown): string {
  return (string(value) ?? '').slice(0, MAX_NAME)
}

/** An integer from 0 to `MAX_COUNT` */
export function count(value: unknown): number {
  return Math.round(amount(value))
}

/** A number from 0 to `MAX_COUNT` */
export function amount(value: unknown): number {
  return Math.min(MAX_COUNT, Math.max(0, number(value) ?? 0))
}
