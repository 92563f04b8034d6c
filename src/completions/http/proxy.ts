import { CompletionError } from '../errors.ts'
import { isExcepted, isLoopback } from './noProxy.ts'

export interface ProxySettings {
  /** Address of the proxy for `http:` URLs; `null`: none */
  http: string | null
  /** Address of the proxy for `https:` URLs; `null`: none */
  https: string | null
  /** Hosts that are reached directly, in the syntax of NO_PROXY; see `noProxy.ts` */
  noProxy: readonly string[]
  /**
   * The whole value of `Proxy-Authorization`; `null`: derived from the proxy's address, if that has
   * one
   */
  authorization: string | null
}

export const NO_PROXY: ProxySettings = { http: null, https: null, noProxy: [], authorization: null }

/**
 * Returns the proxy of a request, or `null` for a direct connection.
 *
 * @throws CompletionError `invalid_request` when the proxy's address is invalid
 */
export function proxyFor(url: URL, { http, https, noProxy }: ProxySettings): URL | null {
  const address = url.protocol === 'https:' ? https : http
  if (address === null || isLoopback(url) || isExcepted(url, noProxy)) return null
  return parseProxy(address)
}

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. Lower-case names take precedence, as in curl.
 * Without HTTPS_PROXY, HTTP_PROXY is used for both, as in VS Code.
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
  // "proxy:3128", as curl accepts it, is a URL with the scheme "proxy".
  const whole = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : null
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  // The address may contain a password and is not quoted.
  const id = url?.protocol.startsWith('socks') === true ? 'socksProxy' : 'proxyNotUrl'
  throw new CompletionError('invalid_request', { id })
}
