import { CompletionError } from '../errors.ts'
import { isExcepted, isLoopback } from './noProxy.ts'

export interface ProxySettings {
  /** The address of the proxy for `http:` URLs; `null`: there is none */
  http: string | null
  /** And for `https:` URLs */
  https: string | null
  /** What is reached directly, each in the syntax of NO_PROXY; see `noProxy.ts` */
  noProxy: readonly string[]
  /** The whole value of `Proxy-Authorization`; `null`: made of the proxy's address, if that has one */
  authorization: string | null
}

export const NO_PROXY: ProxySettings = { http: null, https: null, noProxy: [], authorization: null }

/**
 * The proxy that a request goes through, or `null` when it goes out directly.
 *
 * @throws CompletionError `invalid_request` when the proxy's address is none
 */
export function proxyFor(url: URL, { http, https, noProxy }: ProxySettings): URL | null {
  const address = url.protocol === 'https:' ? https : http
  if (address === null || isLoopback(url) || isExcepted(url, noProxy)) return null
  return parseProxy(address)
}

/**
 * `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`; the names in lower case win, as with curl. Where there
 * is no HTTPS_PROXY, HTTP_PROXY is for both, as with VS Code.
 */
export function proxyFromEnvironment(env: Readonly<NodeJS.ProcessEnv>): ProxySettings {
  const read = (name: string): string | null => env[name] || env[name.toUpperCase()] || null
  const http = read('http_proxy')
  return {
    http,
    https: read('https_proxy') ?? http,
    noProxy: (read('no_proxy') ?? '').split(/[,\s]+/).filter((entry) => entry !== ''),
    authorization: null,
  }
}

function parseProxy(address: string): URL {
  const text = address.trim()
  // "proxy:3128", as curl takes it, is a URL of the scheme "proxy".
  const whole = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : null
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  // The address is not quoted: it may hold a password.
  const id = url?.protocol.startsWith('socks') === true ? 'socksProxy' : 'proxyNotUrl'
  throw new CompletionError('invalid_request', { id })
}
