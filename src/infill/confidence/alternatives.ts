import { removeControls } from '../filters/controlCharacters.ts'
import { textOf, type Segment, type Token } from '../filters/segment.ts'
import { isSpecialToken } from '../filters/specialTokens.ts'

/** Another token that could be at the place of one. */
export interface Alternative {
  /** Its name in the logprobs */
  readonly token: string
  readonly logprob: number
  /** The text to insert in place of the segment; `null`: it is no text, such as the end of the completion */
  readonly text: string | null
}

/** The alternatives of a segment's token without the token itself, the most likely first */
export function alternativesOf({ text, token }: Segment): Alternative[] {
  if (token === null) return []
  return Object.entries(token.alternatives ?? {})
    .filter(([name]) => name !== token.text)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, logprob]) => ({ token: name, logprob, text: insertable(name, text, token) }))
}

/**
 * The text of an alternative, as far as it may be inserted.
 *
 * ```
 *   token `·foo`, of which the filters left `foo`; alternative `·bar`    →    bar
 * ```
 */
function insertable(name: string, shown: string, { text: whole }: Token): string | null {
  if (/^(?:bytes|token_id):/.test(name) || name.includes('\uFFFD') || isSpecialToken(name))
    return null
  const removed = whole.endsWith(shown) ? whole.slice(0, whole.length - shown.length) : ''
  const rest = name.startsWith(removed) ? name.slice(removed.length) : name
  const controls = removeControls('')
  const segments = controls.push([{ text: rest.replaceAll(/\r\n?/g, '\n'), token: null }])
  const text = textOf([...segments, ...controls.flush()])
  return text === '' || text === shown ? null : text
}
