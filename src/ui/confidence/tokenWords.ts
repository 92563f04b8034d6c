import type { Level } from '../../infill/confidence/level.ts'
import type { Translate } from '../translate.ts'

/** In UTF-16 units */
const LONGEST = 60

/** The space as VS Code renders it: many fonts have no `␠`. */
const VISIBLE: Readonly<Record<string, string>> = { ' ': '·', '\n': '⏎', '\r': '␍', '\t': '⇥' }

/** A token as it is shown: with visible white space and controls, and not too long. */
export function tokenLabel(token: string): string {
  const visible = token.replaceAll(/[\s\p{Cc}\p{Cf}]/gu, (char) => VISIBLE[char] ?? codeOf(char))
  if (visible.length <= LONGEST) return visible
  return `${visible.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** The probability of a token in whole percent; what is not certain is never 0 % or 100 %. */
export function percentText(logprob: number, t: Translate): string {
  const percent = Math.exp(logprob) * 100
  if (percent < 1) return t('<1 %')
  if (percent >= 99 && percent < 99.99) return t('>99 %')
  return t('{percent} %', { percent: Math.round(percent) })
}

export function levelText(level: Level, t: Translate): string {
  switch (level) {
    case 'veryLikely':
      return t('very likely')
    case 'likely':
      return t('likely')
    case 'unsure':
      return t('unsure')
    case 'unlikely':
      return t('unlikely')
  }
}
