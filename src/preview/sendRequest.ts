import { l10n, type TextDocument } from 'vscode'
import { completionsDialect } from '../completions/dialect.ts'
import { exchange } from '../completions/exchange.ts'
import type { Problem } from '../completions/problems.ts'
import { conceal, secretsOf, type Secrets } from '../completions/secrets.ts'
import type { Wire } from '../generation/connection.ts'
import { insertable } from '../generation/insertable.ts'
import type { Settings } from '../settings/settings.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import type { ExactRequest } from './exactRequest.ts'
import { parseRequest, withSecrets } from './requestText.ts'
import { printResponse } from './responseText.ts'

export interface PreviewedResponse {
  /** For the document that shows the response */
  text: string
  /** The text of each choice that belongs into a document */
  choices: string[]
}

export interface SendRequestOptions {
  /** Resolves the endpoint of the settings. */
  wire: (settings: Settings) => Promise<Wire>
  /** Puts a problem into words. */
  describe: (problem: Problem) => Promise<string>
  /** How the request was made; `null` for a document that was saved, or restored */
  exact: ExactRequest | null
  signal: AbortSignal
  /** Called with a text about the progress */
  onProgress: (message: string) => void
}

/**
 * Sends the request in a document, with the secrets that it names as far as they may be sent there.
 *
 * @throws CompletionError when there is no response; the signal's reason when it was aborted before
 */
export async function sendRequest(
  document: TextDocument,
  { wire: connect, describe, exact, signal, onProgress }: SendRequestOptions,
): Promise<PreviewedResponse> {
  const written = parseRequest(document.getText())
  const wire = await connect(exact?.settings ?? readSettings(document))
  // Read again: a key may have been set since.
  const secrets = secretsOf(wire.requestOptions)
  const { request, omitted } = withSecrets(written, { secrets, origin: wire.base.origin })
  const result = await exchange(request, {
    send: wire.send,
    dialect: exact?.dialect ?? completionsDialect,
    signal,
    onChunk: (count) => onProgress(l10n.t('{0} chunks', count)),
  })
  const remarks = omitted.map((name) => remarkOn(name, written.headers[name] ?? '', wire, secrets))
  const body: unknown = written.body === undefined ? null : JSON.parse(written.body)
  const failure =
    typeof result.failure === 'string'
      ? l10n.t('Stopped.')
      : result.failure && (await describe(result.failure))
  return {
    text: conceal(printResponse(result, { failure, remarks }), secrets),
    choices:
      result.completion === null
        ? []
        : insertable(result.completion, body, exact?.strategy.template ?? null),
  }
}

function remarkOn(header: string, value: string, { base }: Wire, secrets: Secrets): string {
  const isKnown = [...secrets.keys()].some((name) => value.includes(name))
  return isKnown
    ? l10n.t('The header "{0}" was not sent: its secret belongs to {1}.', header, base.origin)
    : l10n.t('The header "{0}" was not sent: it names an unknown secret.', header)
}
