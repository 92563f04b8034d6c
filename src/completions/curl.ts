import { SECRET_NAMES } from './secrets.ts'
import type { HttpRequest } from './http/transport.ts'

/**
 * Formats the request as a command for a POSIX shell that sends the same bytes. Names of secrets in
 * headers and in the URL remain shell variables.
 */
export function toCurl({ url, headers, body = '' }: HttpRequest): string {
  const isStream = headers['accept'] === 'text/event-stream'
  const isLong = Buffer.byteLength(body) > LONGEST_ARGUMENT
  const curl = [
    // curl interprets brackets and braces in a URL as patterns.
    `curl ${isStream ? '-N ' : ''}${/[[\]{}]/.test(url.href) ? '-g ' : ''}${quote(url.href)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    isLong ? '--data-binary @-' : `--data-raw ${quoteAsIs(body)}`,
  ].join(' \\\n  ')
  // `printf` is a shell builtin, so its arguments can be longer than those of other programs.
  return isLong ? `printf %s ${quoteAsIs(body)} |\n${curl}` : curl
}

/** Maximum length of a program's argument on Linux: 128 KiB */
const LONGEST_ARGUMENT = 120_000

/** `a $INFILL_API_KEY` → `'a '"$INFILL_API_KEY"` */
function quote(text: string): string {
  const names = text.match(SECRET_NAMES) ?? []
  const [first = '', ...rest] = text.split(SECRET_NAMES).map((part) => part && quoteAsIs(part))
  return [first, ...rest.map((part, at) => `"${names[at] ?? ''}"${part}`)].join('') || "''"
}

/** In single quotes, only the single quote is special. */
function quoteAsIs(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
