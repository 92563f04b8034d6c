import { l10n, window } from 'vscode'
import { baseUrl } from '../settings/endpoint.ts'
import { BUILTIN } from '../settings/endpointLabel.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import type { ApiKeys } from './apiKeys.ts'
import { isKeyText } from './keyText.ts'

/** Asks for the key of the configured endpoint and keeps it for the endpoint's origin. */
export async function setApiKey(keys: ApiKeys): Promise<void> {
  const origin = configuredOrigin()
  if (origin === null) return
  const key = await window.showInputBox({
    title: l10n.t('API key for {0}', origin),
    prompt: l10n.t('Kept in the secret storage of your system, and sent to this server only.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      isKeyText(value.trim())
        ? null
        : l10n.t('A key contains no spaces and no special characters.'),
  })
  if (key === undefined || key.trim() === '') return
  await keys.set(origin, key.trim())
  void window.showInformationMessage(`Infill: ${l10n.t('The API key for {0} was saved.', origin)}`)
}

/** Deletes the key of the configured endpoint. */
export async function removeApiKey(keys: ApiKeys): Promise<void> {
  const origin = configuredOrigin()
  if (origin === null) return
  const hadKey = (await keys.get(origin)) !== null
  await keys.remove(origin)
  const message = hadKey
    ? l10n.t('The API key for {0} was removed.', origin)
    : l10n.t('There is no API key for {0}.', origin)
  void window.showInformationMessage(`Infill: ${message}`)
}

/** The origin that a key is sent to; `null`, with a message, when there is none. */
function configuredOrigin(): string | null {
  const { endpoint } = readSettings(window.activeTextEditor?.document)
  if (endpoint !== BUILTIN) return baseUrl(endpoint).origin
  const message = l10n.t(
    'The built-in endpoint requires no key. Set infill.endpoint to your server first.',
  )
  void window.showInformationMessage(`Infill: ${message}`)
  return null
}
