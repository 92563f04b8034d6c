import { window } from 'vscode'
import type { ApiKeys } from './apiKeys.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { BUILTIN, baseUrl } from '../settings/endpoint.ts'

/** Asks for the key of the endpoint in force and keeps it for that endpoint's origin. */
export async function setApiKey(keys: ApiKeys): Promise<void> {
  const origin = originInForce()
  if (origin === null) return
  const key = await window.showInputBox({
    title: `API key for ${origin}`,
    prompt: 'Kept in the secret storage of your system and sent to this server only.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\x21-\x7e]*$/.test(value.trim()) ? null : 'A key has no spaces and no special characters.',
  })
  if (key === undefined || key.trim() === '') return
  await keys.set(origin, key.trim())
  void window.showInformationMessage(`Infill: the API key for ${origin} is set.`)
}

/** Forgets the key of the endpoint in force. */
export async function removeApiKey(keys: ApiKeys): Promise<void> {
  const origin = originInForce()
  if (origin === null) return
  const had = (await keys.get(origin)) !== null
  await keys.remove(origin)
  void window.showInformationMessage(
    had
      ? `Infill: the API key for ${origin} is removed.`
      : `Infill: there was no API key for ${origin}.`,
  )
}

/** The origin that a key would go to, or `null` after saying why there is none. */
function originInForce(): string | null {
  const { endpoint } = readSettings(window.activeTextEditor?.document)
  if (endpoint !== BUILTIN) return baseUrl(endpoint).origin
  void window.showInformationMessage(
    'Infill: the built-in endpoint needs no key. Set infill.endpoint to your server first.',
  )
  return null
}
