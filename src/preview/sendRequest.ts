import { l10n, type TextDocument } from 'vscode'
import { isFields, string } from '../completions/fields.ts'
import { completionsDialect } from '../completions/dialect.ts'
import { exchange, type Exchange } from '../completions/exchange.ts'
import type { Problem } from '../completions/problems.ts'
import type { Consent } from '../connection/consent.ts'
import { conceal, secretsOf, type Secrets } from '../completions/secrets.ts'
import type { Wire } from '../generation/connection.ts'
import { insertable } from '../generation/insertable.ts'
import type { UsageRecords } from '../editor/run/usage.ts'
import { endpointLabel } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import type { Accounting } from '../usage/accounting.ts'
import { createMeter } from '../usage/meter.ts'
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
  usage: () => Promise<Pick<UsageRecords, 'accounting'>>
  consent: Pick<Consent, 'requireForOrigin'>
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
  { wire: connect, describe, usage, consent, exact, signal, onProgress }: SendRequestOptions,
): Promise<PreviewedResponse> {
  const written = parseRequest(document.getText())
  const settings = exact?.settings ?? readSettings(document)
  const [wire, { accounting }] = await Promise.all([connect(settings), usage()])
  const { origin } = wire.base
  // Whoever wrote the document, such as a workspace, decides where it goes.
  if (written.url.origin !== origin) await consent.requireForOrigin(written.url.origin)
  // Read again: a key may have been set since.
  const secrets = secretsOf(wire.requestOptions)
  const { request, omitted } = withSecrets(written, { secrets, origin })
  const body: unknown = written.body === undefined ? null : JSON.parse(written.body)
  const model = isFields(body) ? (string(body['model']) ?? '') : ''
  await accounting.check(settings, model)
  const result = await exchange(request, {
    send: wire.send,
    dialect: exact?.dialect ?? completionsDialect,
    signal,
    onChunk: (count) => onProgress(l10n.t('{0} chunks', count)),
  })
  const remarks = omitted.map((name) => remarkOn(name, written.headers[name] ?? '', wire, secrets))
  recordExchange(result, { settings, model, accounting, sent: written.body?.length ?? 0 })
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

interface Sent {
  settings: Settings
  model: string
  accounting: Pick<Accounting, 'record'>
  /** Length of the request in characters, for the estimate */
  sent: number
}

/** Records a request that was answered with a completion, or a part of one. */
function recordExchange(
  { completion, failure, firstChunkAfter, elapsed }: Exchange,
  { settings, model, accounting, sent }: Sent,
): void {
  if (completion === null) return
  const meter = createMeter(sent)
  meter.read(completion)
  const end = completion.choices.find(({ finish_reason }) => finish_reason !== null)
  const isStopped = failure === 'stopped'
  accounting.record(
    {
      endpoint: endpointLabel(settings.endpoint),
      model,
      language: '',
      outcome: isStopped ? 'cancelled' : failure === null ? 'finished' : 'failed',
      end: isStopped ? 'cancelled' : (end?.finish_reason ?? 'cut'),
      cost: { ...meter.cost(), firstTokenAfter: firstChunkAfter, elapsed },
      inserted: 0,
    },
    settings,
  )
}

function remarkOn(header: string, value: string, { base }: Wire, secrets: Secrets): string {
  const isKnown = [...secrets.keys()].some((name) => value.includes(name))
  return isKnown
    ? l10n.t('The header "{0}" was not sent: its secret belongs to {1}.', header, base.origin)
    : l10n.t('The header "{0}" was not sent: it names an unknown secret.', header)
}
