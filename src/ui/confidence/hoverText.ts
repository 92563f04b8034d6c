import type { CommandId } from '../../commands.ts'
import type { TokenPick } from '../../editor/pickToken.ts'
import { alternativesOf } from '../../infill/confidence/alternatives.ts'
import { levelOf } from '../../infill/confidence/level.ts'
import type { Segment } from '../../infill/filters/segment.ts'
import type { Translate } from '../translate.ts'
import { levelText, percentText, tokenLabel } from './tokenWords.ts'

/** The command that the links of a hover run: it is the only one that they may run. */
export const PICK: CommandId = 'infill.pickToken'

/**
 * What the hover of a token says, in Markdown: its probability, and its alternatives as links.
 *
 * ```
 *   `·count` 41 %, unsure
 *
 *   - `·total` 38 %
 *   - `·sum` 12 %
 * ```
 *
 * @param at the place of the insertion and the index of the segment
 */
export function hoverText(
  segment: Segment,
  at: Pick<TokenPick, 'place' | 'segment'>,
  t: Translate,
): string {
  const { token } = segment
  if (token === null) return ''
  const alternatives = alternativesOf(segment)
  const rows = alternatives.map((each) => {
    const pick: TokenPick = { ...at, token: token.text, alternative: each.token }
    const label = each.text === null ? code(each.token) : link(code(each.token), pick, t)
    return `- ${label} ${percentText(each.logprob, t)}`
  })
  const hint = alternatives.some(({ text }) => text !== null)
    ? t('Select one to replace the text from here on.')
    : t('There are no alternatives.')
  return [`${code(token.text)} ${chanceOf(token.logprob, t)}`, rows.join('\n'), hint]
    .filter((each) => each !== '')
    .join('\n\n')
}

/** `41 %, unsure` */
export function chanceOf(logprob: number | null, t: Translate): string {
  if (logprob === null) return t('probability unknown')
  return t('{percent}, {level}', {
    percent: percentText(logprob, t),
    level: levelText(levelOf(logprob), t),
  })
}

function link(label: string, pick: TokenPick, t: Translate): string {
  const args = encodeURIComponent(JSON.stringify([pick])).replaceAll(
    /[()']/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  )
  return `[${label}](command:${PICK}?${args} "${t('Insert this and continue')}")`
}

/** A code span that is the text itself, whatever it contains: its fence is longer than its backticks. */
function code(token: string): string {
  const text = token === '' ? '∅' : tokenLabel(token)
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((each) => each.length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}
