import { SECRET_NAMES } from './secrets.ts'
import type { HttpRequest } from './http/transport.ts'

/**
 * The request as a command for a POSIX shell that sends the same bytes. A secret's name in a header
 * or in the URL stays a variable of the shell.
 */
export function toCurl({ url, headers, body = '' }: HttpRequest): string {
  const isStream = headers['accept'] === 'text/event-stream'
  const isLong = Buffer.byteLength(body) > LONGEST_ARGUMENT
  const curl = [
    // curl reads brackets and braces in a URL as patterns.
    `curl ${isStream ? '-N ' : ''}${/[[\]{}]/.test(url.href) ? '-g ' : ''}${quote(url.href)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    isLong ? '--data-binary @-' : `--data-raw ${quoteAsIs(body)}`,
  ].join(' \\\n  ')
  // `printf` is the shell's own, and takes what no other program can be given as an argument.
  return isLong ? `printf %s ${quoteAsIs(body)} |\n${curl}` : curl
}

/** In bytes. Linux gives a program no argument that is longer than 128 KiB. */
const LONGEST_ARGUMENT = 120_000

/** `a $INFILL_API_KEY` → `'a '"$INFILL_API_KEY"` */
function quote(text: string): string {
  const names = text.match(SECRET_NAMES) ?? []
  const [first = '', ...rest] = text.split(SECRET_NAMES).map((part) => part && quoteAsIs(part))
  return [first, ...rest.map((part, at) => `"${names[at] ?? ''}"${part}`)].join('') || "''"
}

/** In single quotes nothing means anything to a shell but the single quote. */
function quoteAsIs(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
