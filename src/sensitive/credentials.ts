import { isClearlyRandom, isPlaceholder, isRandom } from './plausible.ts'

/** Secrets that only their surroundings mark: in URLs, connection strings, headers and assignments. */
export function findCredential(text: string): string | null {
  if (hasUrlPassword(text)) return 'password in a URL'
  if (hasConnectionPassword(text)) return 'password in a connection string'
  if (hasAuthorization(text)) return 'authorization header'
  if (hasAssignedSecret(text)) return 'key'
  return hasMnemonic(text) ? 'recovery phrase' : null
}

const USER_INFO = /:\/\/([^\s:@/"'`<>]{0,100}):([^\s@/"'`<>]{3,300})@([\w.[\]:-]{1,253})/y
const LOCAL = /^(localhost|127\.|0\.0\.0\.0|\[::1|host\b|hostname\b)/i
const EXAMPLE_HOST = /(^|\.)(example|invalid|test)\b|^(your|my)[-_.]?|^(foo|bar|a|b|x)\b|domain\./i

function hasUrlPassword(text: string): boolean {
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 1)) {
    USER_INFO.lastIndex = at
    const [, user = '', password = '', host = ''] = USER_INFO.exec(text) ?? []
    if (password === '' || EXAMPLE_HOST.test(host) || isPlaceholder(password, user)) continue
    if (!LOCAL.test(host) || isRandom(password)) return true
  }
  return false
}

/** Before the password, on the same line: another part of the connection string */
const PARTS = /(?:[;?&]|\b(?:host|user|dbname|server)=\S{1,100}[ \t])[ \t]*$/i

function hasConnectionPassword(text: string): boolean {
  for (const match of text.matchAll(/\b(?:password|pwd)=["']?([^\s;&"'`,)]{4,200})/gi)) {
    const line = text.slice(Math.max(0, match.index - 200), match.index)
    const password = match[1] ?? ''
    if (PARTS.test(line) && !isPlaceholder(password, '') && /[\d\W]/.test(password)) return true
  }
  return false
}

function hasAuthorization(text: string): boolean {
  const headers = /\b(bearer|basic|token|ssws|apikey)[ \t]+([\w+/.~-]{12,2000}={0,2})/gi
  return [...text.matchAll(headers)].some(([, scheme = '', value = '']) =>
    scheme.toLowerCase() === 'basic' ? hasBasicPassword(value) : isClearlyRandom(value),
  )
}

function hasBasicPassword(base64: string): boolean {
  const text = Buffer.from(base64, 'base64').toString('latin1')
  const [, user = '', password = ''] =
    /^([\x20-\x7E]{0,100}?):([\x21-\x7E]{4,200})$/.exec(text) ?? []
  return password !== '' && !isPlaceholder(password, user)
}

const ASSIGNMENT =
  /(secret|token|passw(?:or)?d|passphrase|(?:api|access|account|private|shared|encryption|signing|auth|client|master|service|storage|license)[-_ ]?key|_auth|_key|credentials?)[\w.-]{0,30}["'\]]{0,2}[ \t]{0,9}(?:=>|:=|[:=,])[ \t]{0,9}(?:[bfru]{0,2}["'`])?([\w+/.~-]{20,300}={0,2})(?![\w(.[])/gi

function hasAssignedSecret(text: string): boolean {
  return [...text.matchAll(ASSIGNMENT)].some(([, , value = '']) => isClearlyRandom(value))
}

const MNEMONIC =
  /(?:mnemonic|(?:seed|recovery)[-_ ]?phrase)s?["']?\s{0,9}[:=]\s{0,9}["'`]?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})/gi

function hasMnemonic(text: string): boolean {
  return [...text.matchAll(MNEMONIC)].some(([, words = '']) => new Set(words.split(' ')).size > 8)
}
