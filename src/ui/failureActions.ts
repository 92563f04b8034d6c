import type { CommandId, EditorCommandId } from '../commands.ts'
import type { CompletionErrorKind } from '../completions/errors.ts'
import type { Translate } from './translate.ts'

/** A button of an error message, and the command behind it. */
export interface Action {
  title: string
  command: CommandId | EditorCommandId
  args?: readonly unknown[]
}

/** What the user can do about an error of this kind. */
export function actionsFor(
  kind: CompletionErrorKind,
  document: string | undefined,
  t: Translate,
): readonly Action[] {
  const log: Action = { title: t('Show Log'), command: 'infill.showLog' }
  const settings = (query: string): Action => ({
    title: t('Open Settings'),
    command: 'workbench.action.openSettings',
    args: [query],
  })
  switch (kind) {
    case 'invalid_request':
      return [settings('infill.')]
    case 'not_editable':
      return []
    case 'not_sent': {
      // Allows this document, for one run.
      const once: Action = {
        title: t('Send It This Once'),
        command: 'infill.complete',
        args: [{ allow: document }],
      }
      return [once, settings('infill.exclude')]
    }
    case 'not_confirmed':
      return [settings('@modified infill.')]
    case 'budget': {
      const today: Action = {
        title: t('Allow for Today'),
        command: 'infill.complete',
        args: [{ overBudget: true }],
      }
      return [
        today,
        { title: t('Show Usage'), command: 'infill.showUsage' },
        settings('infill.monthlyBudget'),
      ]
    }
    case 'authentication':
      return [{ title: t('Set API Key'), command: 'infill.setApiKey' }, settings('infill.')]
    case 'proxy':
      return [settings('http.proxy'), log]
    case 'context_length':
      return [settings('infill.contextTokens'), log]
    case 'unreachable':
    case 'certificate':
    case 'timeout':
    case 'not_found':
    case 'rejected':
    case 'protocol':
      return [settings('infill.'), log]
    case 'rate_limit':
    case 'quota':
    case 'server':
    case 'cut':
    case 'internal':
      return [log]
  }
}
