import type { TextDocument } from 'vscode'
import { completionsDialect } from '../completions/dialect.ts'
import { exchange } from '../completions/exchange.ts'
import { conceal, secretsOf, type Secrets } from '../completions/secrets.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import type { Wire } from '../connection/connector.ts'
import { insertable, printAnswer } from '../generation/answerText.ts'
import type { Exact, ExactOptions } from './exactRequest.ts'
import { parseRequest, withSecrets } from './requestText.ts'

export interface Answered {
  /** For the document with the answer */
  text: string
  /** Of each choice, what belongs into a document */
  choices: string[]
}

export interface SendOptions extends Pick<ExactOptions, 'wire'> {
  /** How the request was made; `null` for a document that was saved, or restored */
  exact: Exact | null
  signal: AbortSignal
  say: (message: string) => void
}

/**
 * Sends the request that stands in a document now, with the secrets that it names where they may go.
 *
 * @throws CompletionError when there is no answer; the signal's reason when it was aborted before
 */
export async function sendRequest(
  document: TextDocument,
  { wire: connect, exact, signal, say }: SendOptions,
): Promise<Answered> {
  const asked = parseRequest(document.getText())
  const wire = await connect(exact?.settings ?? readSettings(document))
  // Read anew: a key that was set after the first refusal counts.
  const secrets = secretsOf(wire.requestOptions)
  const { request, left } = withSecrets(asked, { secrets, origin: wire.base.origin })
  const result = await exchange(request, {
    send: wire.send,
    dialect: exact?.dialect ?? completionsDialect,
    signal,
    onChunk: (count) => say(`${count} chunks`),
  })
  const remarks = left.map((name) => remarkOn(name, asked.headers[name] ?? '', wire, secrets))
  const body: unknown = asked.body === undefined ? null : JSON.parse(asked.body)
  return {
    text: conceal(printAnswer(result, remarks), secrets),
    choices:
      result.completion === null
        ? []
        : insertable(result.completion, body, exact?.strategy.template ?? null),
  }
}

function remarkOn(header: string, value: string, { base }: Wire, secrets: Secrets): string {
  const known = [...secrets.keys()].some((name) => value.includes(name))
  return known
    ? `The header "${header}" was not sent: what it names belongs to ${base.origin}.`
    : `The header "${header}" was not sent: nothing is known by the name that it has.`
}
