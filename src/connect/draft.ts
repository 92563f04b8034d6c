import { endpointLabel } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'
import type { Examined } from './examine.ts'

/** A connection that is being made: what was chosen and typed so far. Going back loses nothing. */
export interface Draft {
  /** The name of the server, if it was chosen from a list */
  title: string | null
  /** The text in the field of the URL */
  typed: string
  /** Base URLs to try, the most likely first; empty before a server is chosen */
  urls: readonly string[]
  server: Settings['server']
  /** A key that is not saved; `null`: the saved one, or none */
  key: string | null
  needsKey: boolean
  keyPage: string | null
  /** A model that is preferred if the server has it */
  preferred: string
  examined: Examined | null
  /** Empty: the server's default; `null` before it is chosen */
  model: string | null
  /** Why the step before did not succeed, in words, for the next question */
  problem: string | null
  /** What to do again after a problem */
  again: 'examine' | 'test'
}

export const EMPTY_DRAFT: Draft = {
  title: null,
  typed: '',
  urls: [],
  server: 'auto',
  key: null,
  needsKey: false,
  keyPage: null,
  preferred: '',
  examined: null,
  model: null,
  problem: null,
  again: 'examine',
}

/** The base URL, as far as it is known */
export function endpointOf({ examined, urls }: Draft): string {
  return examined?.endpoint ?? urls[0] ?? ''
}

/** What the questions call the server */
export function nameOf(draft: Draft): string {
  return draft.title ?? endpointLabel(endpointOf(draft))
}

export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url
}
