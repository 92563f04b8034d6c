import { BUILTIN } from '../settings/endpointLabel.ts'
import {
  tokensPerSecond,
  type Cost,
  type Omitted,
  type Progress,
  type Spending,
} from '../usage/progress.ts'
import { endText } from './endText.ts'
import { shortError } from './shortError.ts'
import type { Translate } from './translate.ts'
import { dollars } from './usage/dollars.ts'

export interface StatusText {
  /** With VS Code's icons: `$(name)` */
  text: string
  /** Markdown, with icons */
  tooltip: string
  /** The label for screen readers */
  spoken: string
  /** A theme color for the background */
  color: 'statusBarItem.errorBackground' | 'statusBarItem.warningBackground' | null
}

/** The text of the status bar item. It works on plain data, so that it is tested without VS Code. */
export function statusText(
  progress: Progress,
  endpoint: { label: string; model: string },
  waitedSeconds: number,
  t: Translate,
  /** The sentence of a failure, once its wording is loaded */
  failure = '',
): StatusText {
  const where = endpoint.model === '' ? endpoint.label : `${endpoint.label} · ${endpoint.model}`
  const { icon, words, color = null } = headline(progress, where, waitedSeconds, t)
  const isEmpty = progress.kind === 'done' && progress.end.reason === 'empty'
  const hint =
    isEmpty && endpoint.label === BUILTIN
      ? [t('No similar code found in this workspace. Connect a model for better completions.')]
      : []
  const tooltip = [
    `**Infill** · ${escapeMarkdown(where)}`,
    ...hint,
    ...details(progress, failure, t),
    t('Click for actions.'),
  ]
  return {
    text: `$(${icon}) ${words}`,
    tooltip: tooltip.join('\n\n'),
    spoken: `Infill: ${words}`,
    color,
  }
}

/** What a screen reader announces; `null` while the run continues, and where a message is shown. */
export function spokenEnd(progress: Progress, t: Translate): string | null {
  switch (progress.kind) {
    case 'idle':
    case 'waiting':
    case 'streaming':
    case 'failed':
      return null
    case 'done': {
      const { completion_tokens: tokens, estimated } = progress.cost
      const count = estimated
        ? t('about {tokens} tokens', { tokens })
        : t('{tokens} tokens', { tokens })
      return `${endText(progress.end, t).words || t('Completed')}, ${count}.`
    }
    case 'held':
    case 'swapped':
      return `${headline(progress, '', 0, t).words}.`
  }
}

interface Headline {
  icon: string
  words: string
  color?: StatusText['color']
}

function headline(
  progress: Progress,
  where: string,
  waitedSeconds: number,
  t: Translate,
): Headline {
  switch (progress.kind) {
    case 'idle':
      return { icon: 'sparkle', words: where }
    case 'waiting':
      return { icon: 'loading~spin', words: waiting(progress.retryIn, waitedSeconds, t) }
    case 'held':
      return { icon: 'eye-closed', words: t('Paused: file not visible') }
    case 'streaming': {
      const { completion_tokens, estimated } = progress.cost
      const rate = tokensPerSecond(progress.cost)
      const tokens = t('{count} tokens', { count: figure(completion_tokens, estimated) })
      const speed = rate === null ? [] : [`${figure(Math.round(rate), estimated)}/s`]
      return { icon: 'loading~spin', words: [tokens, ...speed].join(' · ') }
    }
    case 'done': {
      const { icon, words } = endText(progress.end, t)
      const { shown, of } = progress.alternative ?? {}
      const which =
        shown === undefined || of === undefined ? '' : t('{shown} of {of}', { shown, of })
      const cut = progress.omitted && omittedLines(progress.omitted, t) !== null
      const parts = [words, spent(progress.cost, t), cut ? t('Context cut') : '', which]
      return { icon, words: parts.filter((part) => part !== '').join(' · ') }
    }
    case 'swapped':
      return {
        icon: 'arrow-swap',
        words: t('Alternative {shown} of {of}', { ...progress.alternative }),
      }
    case 'failed':
      return {
        icon: 'error',
        words: shortError(progress.error.kind, t),
        color: 'statusBarItem.errorBackground',
      }
  }
}

function waiting(retryIn: number | undefined, waitedSeconds: number, t: Translate): string {
  if (retryIn === undefined)
    return t('Waiting for server ({seconds} s)', { seconds: waitedSeconds })
  const seconds = Math.max(0, Math.ceil(retryIn / 1000) - waitedSeconds)
  return seconds > 0 ? t('Retrying in {seconds} s', { seconds }) : t('Retrying')
}

function details(progress: Progress, failure: string, t: Translate): string[] {
  switch (progress.kind) {
    case 'idle':
    case 'waiting':
    case 'swapped':
      return []
    case 'held':
      return [t('The document is not visible. The text is inserted when you show it again.')]
    case 'streaming':
      return [table(progress, null, t)]
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
      return failure === '' ? [] : [escapeMarkdown(failure)]
  }
}

function table(
  { cost, spending }: { cost: Cost; spending?: Spending | undefined },
  omitted: string | null | undefined,
  t: Translate,
): string {
  const { estimated, firstTokenAfter, elapsed, cached_tokens } = cost
  const rate = tokensPerSecond(cost)
  const tokens = (count: number): string => t('{count} tokens', { count: figure(count, estimated) })
  const speed =
    rate === null ? '–' : t('{count} tokens/s', { count: figure(Math.round(rate), estimated) })
  const rows: Row[] = [
    [t('Prompt'), tokens(cost.prompt_tokens)],
    ...(cached_tokens === null ? [] : [row(t('Prompt, cached'), tokens(cached_tokens))]),
    [t('Completion'), tokens(cost.completion_tokens)],
    [t('Time to first token'), firstTokenAfter === null ? '–' : duration(firstTokenAfter)],
    [t('Total time'), duration(elapsed)],
    [t('Speed'), speed],
    ...(spending === undefined ? [] : spendingRows(spending, estimated, t)),
  ]
  if (omitted !== undefined && omitted !== null) rows.splice(2, 0, [t('Not sent'), omitted])
  const lines = ['| | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)]
  const isEstimate = estimated || spending?.session.estimated === true
  const remark = isEstimate ? ['', t('`~`: estimated, the server sent no usage.')] : []
  return [...lines, ...remark].join('\n')
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

/** `12 lines before`, `1 line after`, both, or `null` */
function omittedLines({ before, after }: Omitted, t: Translate): string | null {
  const parts = [
    before === 1 ? t('1 line before') : t('{count} lines before', { count: before }),
    after === 1 ? t('1 line after') : t('{count} lines after', { count: after }),
  ].filter((_, side) => [before, after][side] !== 0)
  return parts.length === 0 ? null : parts.join(', ')
}

function spent(
  {
    prompt_tokens,
    completion_tokens,
    estimated,
  }: Pick<Cost, 'prompt_tokens' | 'completion_tokens' | 'estimated'>,
  t: Translate,
): string {
  return t('{prompt} → {completion} tokens', {
    prompt: figure(prompt_tokens, estimated),
    completion: figure(completion_tokens, estimated),
  })
}

/** Estimates are always marked. */
function figure(value: number, estimated: boolean): string {
  return `${estimated ? '~' : ''}${value}`
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** Text of the user or the server, with nothing in it that is Markdown or an icon */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>$~]/g, String.raw`\$&`)
}
