import { conceal, isSecretHeader } from '../../completions/secrets.ts'
import type { HttpRequest } from '../../completions/http/transport.ts'

/** A request without its secrets, as JSON */
export function requestText({ method, url, headers, body }: HttpRequest): string {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    isSecretHeader(name) ? '…' : value,
  ])
  return JSON.stringify({
    method,
    url,
    headers: Object.fromEntries(shown),
    body: body === undefined ? null : JSON.parse(body),
  })
}

/** A longer response is logged up to this length, in characters. */
const MAX_LENGTH = 1_000_000

/** The same body, whose text is passed to `log` when it has ended or the reader has left. */
export async function* tracedBody(
  body: AsyncIterable<Uint8Array>,
  { headers }: Pick<HttpRequest, 'headers'>,
  log: (text: string) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const bytes of body) {
      if (text.length < MAX_LENGTH) text += decoder.decode(bytes, { stream: true })
      yield bytes
    }
  } finally {
    log(withoutKeys(text.slice(0, MAX_LENGTH), headers))
  }
}

/** Servers may repeat a key that they do not know. */
function withoutKeys(text: string, headers: HttpRequest['headers']): string {
  const secrets = Object.entries(headers)
    .filter(([name]) => isSecretHeader(name))
    .map(([, value]) => ['…', value.replace(/^(Bearer|Basic|Token) /i, '')] as const)
  return secrets.reduce((before, secret) => conceal(before, new Map([secret])), text)
}
