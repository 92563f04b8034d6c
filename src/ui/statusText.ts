import type { CompletionErrorKind } from '../completions/errors.ts'
import { BUILTIN } from '../settings/endpoint.ts'
import {
  tokensPerSecond,
  type Alternative,
  type Cost,
  type End,
  type Omitted,
  type Progress,
} from '../usage/progress.ts'
import { withAdvice } from './advice.ts'

export interface StatusText {
  /** With the icons of VS Code: `$(name)` */
  text: string
  /** Markdown, with icons */
  tooltip: string
  /** What a screen reader says */
  spoken: string
  /** A theme colour for the background */
  color: 'statusBarItem.errorBackground' | 'statusBarItem.warningBackground' | null
}

/** What the status bar says. Plain data in, plain text out, so that it is tested without VS Code. */
export function statusText(
  progress: Progress,
  endpoint: { label: string; model: string },
  waitedSeconds: number,
): StatusText {
  const where = endpoint.model === '' ? endpoint.label : `${endpoint.label} · ${endpoint.model}`
  const { icon, words, color = null } = headline(progress, where, waitedSeconds)
  const isUnlike =
    progress.kind === 'done' && progress.end === 'empty' && endpoint.label === BUILTIN
  const remark = isUnlike ? [NOTHING_ALIKE] : []
  const tooltip = [`**Infill** · ${plain(where)}`, ...remark, ...details(progress), CLICK]
  return {
    text: `$(${icon}) ${words}`,
    tooltip: tooltip.join('\n\n'),
    spoken: `Infill: ${words}`,
    color,
  }
}

/** What a screen reader says when a run has ended; `null` while it goes on, and where a message says it. */
export function spokenEnd(progress: Progress): string | null {
  switch (progress.kind) {
    case 'idle':
    case 'waiting':
    case 'streaming':
    case 'failed':
      return null
    case 'done': {
      const { words } = ENDS[progress.end] ?? { words: progress.end }
      const { completion_tokens, estimated } = progress.cost
      const tokens = `${estimated ? 'about ' : ''}${completion_tokens} tokens`
      return `${words === '' ? 'completed' : words}, ${tokens}.`
    }
    case 'held':
    case 'swapped':
      return `${headline(progress, '', 0).words}.`
  }
}

const NOTHING_ALIKE =
  'The built-in endpoint finds nothing alike in the workspace. A large model can be set in `infill.endpoint`.'
const CLICK = 'Click for what you can do next.'

function headline(
  progress: Progress,
  where: string,
  waitedSeconds: number,
): { icon: string; words: string; color?: StatusText['color'] } {
  switch (progress.kind) {
    case 'idle':
      return { icon: 'sparkle', words: where }
    case 'waiting':
      if (progress.retryIn !== undefined) {
        const left = Math.max(0, Math.ceil(progress.retryIn / 1000) - waitedSeconds)
        return { icon: 'loading~spin', words: left > 0 ? `retrying in ${left} s` : 'trying again' }
      }
      return { icon: 'loading~spin', words: `waiting ${waitedSeconds} s` }
    case 'held':
      return { icon: 'eye-closed', words: 'waiting: show the document' }
    case 'streaming': {
      const { completion_tokens, estimated } = progress.cost
      const rate = tokensPerSecond(progress.cost)
      const speed = rate === null ? '' : ` · ${figure(Math.round(rate), estimated)}/s`
      return {
        icon: 'loading~spin',
        words: `${figure(completion_tokens, estimated)} tokens${speed}`,
      }
    }
    case 'done': {
      const { icon, words } = ENDS[progress.end] ?? { icon: 'warning', words: progress.end }
      const which = progress.alternative && of(progress.alternative)
      const cut = progress.omitted && leftOut(progress.omitted) !== null ? 'context cut' : ''
      const parts = [words, spent(progress.cost), cut, which]
      return { icon, words: parts.filter((part) => part !== undefined && part !== '').join(' · ') }
    }
    case 'swapped':
      return { icon: 'arrow-swap', words: `alternative ${of(progress.alternative)}` }
    case 'failed':
      return {
        icon: 'error',
        words: FAILURES[progress.error.kind],
        color: 'statusBarItem.errorBackground',
      }
  }
}

const ENDS: Readonly<Record<string, { icon: string; words: string }>> = {
  stop: { icon: 'check', words: '' },
  length: { icon: 'warning', words: 'cut at max_tokens' },
  content_filter: { icon: 'warning', words: 'cut by filter' },
  empty: { icon: 'info', words: 'nothing came' },
  overlapped: { icon: 'info', words: 'all of it was there already' },
  same: { icon: 'info', words: 'the same again' },
  repeating: { icon: 'warning', words: 'stopped: it repeats itself' },
  cancelled: { icon: 'debug-stop', words: 'stopped' },
  undone: { icon: 'discard', words: 'undone' },
  edited: { icon: 'debug-stop', words: 'stopped: you typed' },
  closed: { icon: 'debug-stop', words: 'document closed' },
} satisfies Partial<Record<End, unknown>>

/** Why, in about three words; the sentence is in the tooltip and in the message. */
const FAILURES: Readonly<Record<CompletionErrorKind, string>> = {
  invalid_request: 'check your settings',
  not_editable: 'nowhere to insert',
  not_sent: 'file never sent',
  unreachable: 'server not reachable',
  proxy: 'stopped at proxy',
  certificate: 'certificate not trusted',
  timeout: 'server too slow',
  authentication: 'key not accepted',
  not_found: 'not found there',
  rate_limit: 'too many requests',
  quota: 'quota used up',
  context_length: 'context too long',
  rejected: 'request was refused',
  server: 'server has failed',
  protocol: 'answer not understood',
  cut: 'answer was cut',
  internal: 'Infill has failed',
}

function details(progress: Progress): string[] {
  switch (progress.kind) {
    case 'idle':
    case 'waiting':
    case 'swapped':
      return []
    case 'held':
      return ['The document is not shown. Its text is kept, and goes in when you show it again.']
    case 'streaming':
    case 'done':
      return [table(progress.cost, progress.kind === 'done' ? progress.omitted : undefined)]
    case 'failed':
      return [plain(withAdvice(progress.error))]
  }
}

function table(cost: Cost, omitted: Omitted = { before: 0, after: 0 }): string {
  const cut = leftOut(omitted)
  const rate = tokensPerSecond(cost)
  const rows: [name: string, value: string][] = [
    ['Prompt', `${figure(cost.prompt_tokens, cost.estimated)} tokens`],
    ['Completion', `${figure(cost.completion_tokens, cost.estimated)} tokens`],
    ...(cut === null ? [] : [['Not sent', cut] satisfies [string, string]]),
    ['First token after', cost.firstTokenAfter === null ? '–' : duration(cost.firstTokenAfter)],
    ['In all', duration(cost.elapsed)],
    ['Speed', rate === null ? '–' : `${figure(Math.round(rate), cost.estimated)} tokens/s`],
  ]
  const lines = ['| | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)]
  const remark = cost.estimated ? ['', '`~`: estimated, the server sent no figures.'] : []
  return [...lines, ...remark].join('\n')
}

/** `12 lines before`, `1 line after`, both, or `null` */
function leftOut({ before, after }: Omitted): string | null {
  const sides = [
    { count: before, side: 'before' },
    { count: after, side: 'after' },
  ].filter(({ count }) => count > 0)
  const parts = sides.map(({ count, side }) => `${count} line${count === 1 ? '' : 's'} ${side}`)
  return parts.length === 0 ? null : parts.join(', ')
}

function of({ shown, of: all }: Alternative): string {
  return `${shown} of ${all}`
}

function spent({ prompt_tokens, completion_tokens, estimated }: Cost): string {
  return `${figure(prompt_tokens, estimated)} + ${figure(completion_tokens, estimated)} tokens`
}

/** An estimate is marked, always. */
function figure(value: number, estimated: boolean): string {
  return `${estimated ? '~' : ''}${value}`
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** Text of the user's or of the server's, with nothing in it that is Markdown or an icon. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>$~]/g, String.raw`\$&`)
}
