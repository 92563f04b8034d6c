import { tokensPerSecond, type Cost, type Progress, type Spending } from '../../usage/progress.ts'
import { escapeMarkdown, figure, omittedLines, spent } from './statusText.ts'
import type { Translate } from '../translate.ts'
import { dollars } from '../usage/dollars.ts'
import { errorMessage } from '../wording.ts'

/** The paragraphs of the tooltip about a run, in Markdown. They are loaded with the first run. */
export function statusDetails(progress: Progress, t: Translate): string[] {
  switch (progress.kind) {
    case 'idle':
    case 'waiting':
    case 'swapped':
      return []
    case 'held':
      return [t('The document is not visible. The text is inserted when you show it again.')]
    case 'streaming':
      return rowsOf(progress, null, t).map(([name, value]) => `${name}: ${value}`)
    case 'done':
      return [
        table(progress, progress.omitted && omittedLines(progress.omitted, t), t),
        ...(progress.contextLimit === undefined
          ? []
          : [
              t('The context of the server is limited to {count} tokens.', {
                count: progress.contextLimit,
              }),
            ]),
      ]
    case 'failed':
      return [escapeMarkdown(errorMessage(progress.error, t))]
  }
}

interface Shown {
  cost: Cost
  files?: readonly string[] | undefined
  spending?: Spending | undefined
}

function table(shown: Shown, omitted: string | null | undefined, t: Translate): string {
  const rows = rowsOf(shown, omitted ?? null, t)
  const lines = ['| | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)]
  const isEstimate = shown.cost.estimated || shown.spending?.session.estimated === true
  const remark = isEstimate ? ['', t('`~`: estimated, the server sent no usage.')] : []
  return [...lines, ...remark].join('\n')
}

function rowsOf(
  { cost, spending, files = [] }: Shown,
  omitted: string | null,
  t: Translate,
): readonly Row[] {
  const { estimated, firstTokenAfter, elapsed, cached_tokens } = cost
  const rate = tokensPerSecond(cost)
  const tokens = (count: number): string => t('{count} tokens', { count: figure(count, estimated) })
  const speed =
    rate === null ? '–' : t('{count} tokens/s', { count: figure(Math.round(rate), estimated) })
  return [
    [t('Prompt'), tokens(cost.prompt_tokens)],
    ...(cached_tokens === null ? [] : [row(t('Prompt, cached'), tokens(cached_tokens))]),
    ...(omitted === null ? [] : [row(t('Not sent'), omitted)]),
    ...(files.length === 0 ? [] : [row(t('Other files'), files.map(escapeMarkdown).join(', '))]),
    [t('Completion'), tokens(cost.completion_tokens)],
    [t('Time to first token'), firstTokenAfter === null ? '–' : duration(firstTokenAfter)],
    [t('Total time'), duration(elapsed)],
    [t('Speed'), speed],
    ...(spending === undefined ? [] : spendingRows(spending, estimated, t)),
  ]
}

type Row = readonly [name: string, value: string]

function row(name: string, value: string): Row {
  return [name, value]
}

function spendingRows(
  { dollars: cost, session }: Spending,
  estimated: boolean,
  t: Translate,
): Row[] {
  const total = [
    spent(session, t),
    ...(session.dollars === null ? [] : [dollars(session.dollars, session.estimated)]),
  ]
  return [
    ...(cost === null ? [] : [row(t('Cost'), dollars(cost, estimated))]),
    row(t('This window'), total.join(' · ')),
  ]
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
