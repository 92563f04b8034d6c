import type { Translate } from '../../ui/translate.ts'
import type { Summary } from './summary.ts'

/** The columns of a report: their titles, and the figure of a summary as text. `–`: there is none */
export function columns(
  t: Translate,
): readonly (readonly [string, (summary: Summary) => string])[] {
  return [
    [t('Gaps'), ({ group }) => group],
    [t('Number'), ({ tasks }) => String(tasks)],
    [t('Answered'), ({ answered }) => percent(answered)],
    [t('Exact'), ({ exact }) => percent(exact)],
    [t('First line'), ({ firstLine }) => percent(firstLine)],
    [t('Similarity'), ({ similarity }) => similarity.toFixed(2)],
    [t('Kept characters'), ({ kept }) => percent(kept)],
    [t('Tests passed'), ({ passed }) => (passed === null ? '–' : percent(passed))],
    [
      t('First token, median and 95 %'),
      ({ firstToken }) =>
        firstToken === null
          ? '–'
          : `${Math.round(firstToken.median)}, ${Math.round(firstToken.p95)} ms`,
    ],
    [
      t('Tokens'),
      ({ prompt_tokens, completion_tokens, estimated }) => {
        const sign = estimated ? '~' : ''
        return `${sign}${prompt_tokens} → ${sign}${completion_tokens}`
      },
    ],
    [t('Cost'), ({ dollars }) => (dollars === null ? '–' : `$${dollars.toFixed(4)}`)],
    [t('Failed'), ({ failed }) => String(failed)],
  ]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
