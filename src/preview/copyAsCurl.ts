import { env, l10n, window } from 'vscode'
import { toCurl } from '../completions/curl.ts'
import type { HttpRequest } from '../completions/http/transport.ts'
import { API_KEY, reveal, type Secrets } from '../completions/secrets.ts'
import { activeEditor } from '../editor/document/activeEditor.ts'
import { BUILTIN } from '../settings/endpointLabel.ts'
import { cancellable, isCancellation } from './cancellable.ts'
import { exactRequest, type ExactRequest, type ExactRequestOptions } from './exactRequest.ts'

/** Copies the request for the active editor to the clipboard, as a curl command. */
export async function copyAsCurl(options: ExactRequestOptions): Promise<void> {
  const editor = await activeEditor()
  const abort = new AbortController()
  try {
    const title = `Infill: ${l10n.t('Preparing the request')}`
    const exact = await cancellable(title, abort, (signal) => exactRequest(editor, options, signal))
    const { command, remark } = commandFor(exact)
    await env.clipboard.writeText(command)
    void window.showInformationMessage(`Infill: ${remark}`)
  } catch (error) {
    if (!isCancellation(error, abort)) throw error
  }
}

function commandFor({ http, secrets, settings }: ExactRequest): {
  command: string
  remark: string
} {
  // The user does not know this token, and it opens only what this machine may read anyway.
  if (settings.endpoint === BUILTIN) {
    return {
      command: toCurl(withToken(http, secrets)),
      remark: l10n.t(
        'The command was copied. It contains the token of the built-in endpoint, which is valid until this window is closed.',
      ),
    }
  }
  const names = [...secrets.keys()].map((name) => name.slice(1))
  const remark =
    names.length === 0
      ? l10n.t('The command was copied.')
      : l10n.t(
          'The command was copied. It reads secrets from these environment variables: {0}.',
          names.join(', '),
        )
  return { command: toCurl(http), remark }
}

function withToken(http: HttpRequest, secrets: Secrets): HttpRequest {
  const token = new Map([[API_KEY, secrets.get(API_KEY) ?? '']])
  const headers = Object.entries(http.headers).map(([name, value]) => [
    name,
    reveal(value, token) ?? value,
  ])
  return { ...http, headers: Object.fromEntries(headers) }
}
