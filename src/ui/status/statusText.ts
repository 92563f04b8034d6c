import type { ConfiguredEndpoint } from '../../settings/vscode/configuration.ts'
import { BUILTIN } from '../../settings/endpointLabel.ts'
import { tokensPerSecond, type Cost, type Omitted, type Progress } from '../../usage/progress.ts'
import { localhostNote } from '../localhostNote.ts'
import { endText } from './endText.ts'
import { shortError } from './shortError.ts'
import type { Translate } from '../translate.ts'

export interface StatusText {
  /** With VS Code's icons: `$(name)` */
  text: string
  tooltip: string
  /**
   * Whether the tooltip is Markdown. VS Code parses it at each update, and takes 0.3 MB for the first:
   * it is plain text until a run has ended.
   */
  isMarkdown: boolean
  /** The label for screen readers */
  spoken: string
  /** A theme color for the background */
  color: 'statusBarItem.errorBackground' | 'statusBarItem.warningBackground' | null
}

type Shown = Pick<ConfiguredEndpoint, 'label' | 'model'> & Partial<ConfiguredEndpoint>

/** The text of the status bar item. It works on plain data, so that it is tested without VS Code. */
export function statusText(
  progress: Progress,
  endpoint: Shown,
  waitedSeconds: number,
  t: Translate,
  /** The details of `statusDetails.ts`, once they are loaded */
  details: readonly string[] = [],
): StatusText {
  const where = endpoint.model === '' ? endpoint.label : `${endpoint.label} · ${endpoint.model}`
  const { profile = '' } = endpoint
  const { icon, words, color = null } = headline(progress, profile || where, waitedSeconds, t)
  const isEmpty = progress.kind === 'done' && progress.end.reason === 'empty'
  const hint =
    isEmpty && endpoint.label === BUILTIN
      ? [t('No similar code found in this workspace. Connect a model for better completions.')]
      : []
  const isMarkdown = ['done', 'swapped', 'failed'].includes(progress.kind)
  const note = localhostNote(endpoint.label, endpoint.machine ?? null, t)
  const tooltip = [
    isMarkdown ? `**Infill** · ${escapeMarkdown(where)}` : `Infill · ${where}`,
    ...(profile === ''
      ? []
      : [t('Profile {profile}', { profile: isMarkdown ? escapeMarkdown(profile) : profile })]),
    ...(endpoint.isChat === true
      ? [t('A chat model is asked: it is slower and less exact than one that fills in the middle.')]
      : []),
    ...(note === null ? [] : [isMarkdown ? escapeMarkdown(note) : note]),
    ...hint,
    ...details,
    t('Click for actions.'),
  ]
  return {
    text: `$(${icon}) ${words}`,
    tooltip: tooltip.join('\n\n'),
    isMarkdown,
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

/** `12 lines before`, `1 line after`, both, or `null` */
export function omittedLines({ before, after }: Omitted, t: Translate): string | null {
  const parts = [
    before === 1 ? t('1 line before') : t('{count} lines before', { count: before }),
    after === 1 ? t('1 line after') : t('{count} lines after', { count: after }),
  ].filter((_, side) => [before, after][side] !== 0)
  return parts.length === 0 ? null : parts.join(', ')
}

export function spent(
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
export function figure(value: number, estimated: boolean): string {
  return `${estimated ? '~' : ''}${value}`
}

/** Text of the user or the server, with nothing in it that is Markdown or an icon */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>$~]/g, String.raw`\$&`)
}
