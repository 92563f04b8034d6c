import type { Translate } from '../ui/translate.ts'
import { GAP, type LiveTest, type SuffixPath } from './liveTest.ts'

/** What a live test came to, in one sentence */
export function verdict(result: LiveTest, t: Translate): string {
  if (isBlank(result)) return t('The model answered with no text. Another model may do better.')
  return result.suffix.mode === 'off' || result.suffix.mode === 'ignored'
    ? t(
        'The model answered, but does not see the text after the cursor. You can use it nevertheless.',
      )
    : t('The model answered. Save the connection?')
}

export function isBlank({ text }: LiveTest): boolean {
  return text.trim() === ''
}

/** The text of a live test, its figures, and how the suffix was sent */
export function resultItems(
  result: LiveTest,
  t: Translate,
): { label: string; description: string }[] {
  const line = GAP.prompt.slice(GAP.prompt.lastIndexOf('\n') + 1).trim()
  const [text = '', ...rest] = result.text.trim().split('\n')
  return [
    {
      label: isBlank(result)
        ? `$(warning) ${t('no text')}`
        : `$(sparkle) ${line} ${text}${rest.length > 0 ? ' …' : ''}`,
      description: t('written by the model after “{line}”', { line }),
    },
    { label: `$(dashboard) ${figures(result, t)}`, description: '' },
    { label: `$(arrow-swap) ${suffixWords(result.suffix, t)}`, description: '' },
  ]
}

function figures({ cost, speed, context }: LiveTest, t: Translate): string {
  const { prompt_tokens, completion_tokens, estimated, firstTokenAfter } = cost
  const about = estimated ? '~' : ''
  return [
    ...(firstTokenAfter === null
      ? []
      : [t('first token after {ms} ms', { ms: Math.round(firstTokenAfter) })]),
    ...(speed === null ? [] : [t('{speed} tokens/s', { speed: `${about}${Math.round(speed)}` })]),
    t('{prompt} → {completion} tokens', {
      prompt: `${about}${prompt_tokens}`,
      completion: `${about}${completion_tokens}`,
    }),
    context === null
      ? t('context size unknown')
      : t('context of {tokens} tokens', { tokens: context.toLocaleString('en') }),
  ].join(' · ')
}

function suffixWords(suffix: SuffixPath, t: Translate): string {
  switch (suffix.mode) {
    case 'field':
      return t('The text after the cursor is sent in the server’s own field.')
    case 'chat':
      return t('The text around the cursor is described in a chat: a last resort.')
    case 'template':
      return t('The text after the cursor is sent with the tokens of the model ({template}).', {
        template: suffix.template,
      })
    case 'ignored':
      return t(
        'The server ignores the text after the cursor: this model does not fill in the middle.',
      )
    case 'off':
      return t('Only the text before the cursor is sent: this model does not fill in the middle.')
  }
}
