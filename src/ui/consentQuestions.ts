import { window } from 'vscode'
import type { ConsentQuestion } from '../connection/consent.ts'
import type { Translate } from './translate.ts'

/** Asks in a modal dialog, since nothing may be sent before the answer. Closing it means no. */
export async function askForConsent(question: ConsentQuestion, t: Translate): Promise<boolean> {
  const { message, detail, yes } = consentText(question, t)
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, yes)
  return chosen === yes
}

interface ConsentText {
  message: string
  detail: string
  /** The button that allows it */
  yes: string
}

function consentText(question: ConsentQuestion, t: Translate): ConsentText {
  const { where } = question
  switch (question.id) {
    case 'workspaceConnection':
      return {
        message: t('Allow this workspace to send your text to {where}?', { where }),
        detail: t(
          'The settings of this workspace change the connection of Infill: {settings}. Prompts and suffixes of your documents are then sent to {where}.',
          { where, settings: question.settings.map((name) => `infill.${name}`).join(', ') },
        ),
        yes: t('Allow'),
      }
    case 'unencryptedKey':
      return {
        message: t('Send your API key unencrypted to {where}?', { where }),
        detail: t(
          'The endpoint uses HTTP without encryption, and is not on this machine. Anyone on the network in between can read the key and your text. Use https:// if the server supports it.',
        ),
        yes: t('Send Anyway'),
      }
    case 'otherOrigin':
      return {
        message: t('Send this request to {where}?', { where }),
        detail: t(
          'The request names another server than your endpoint. API keys are not sent to it.',
        ),
        yes: t('Send'),
      }
  }
}
