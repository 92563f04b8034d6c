import { CompletionError } from '../../completions/errors.ts'
import type { ProxySettings } from '../../completions/http/proxy.ts'
import type { Settings } from '../../settings/settings.ts'

/** The options of a transport. Equal options share one transport. */
export interface NetworkOptions {
  client: Settings['http.client']
  proxy: ProxySettings
  strictSSL: boolean
  systemCertificates: boolean
  caFile: string
}

/**
 * Combines VS Code's `http.*` settings with the environment as VS Code does: a proxy or a list of
 * exceptions in the settings overrides the environment's.
 *
 * @param read returns a setting by its name without `http.`
 * @throws CompletionError `invalid_request` about the setting
 */
export function networkOptions(
  settings: Pick<Settings, 'http.client' | 'http.caFile'>,
  read: (name: string) => unknown,
  environment: ProxySettings,
): NetworkOptions {
  const proxy = text(read, 'proxy')
  const noProxy = read('noProxy')
  const excepted = Array.isArray(noProxy)
    ? noProxy.filter((each): each is string => typeof each === 'string')
    : []
  return {
    client: settings['http.client'],
    proxy: {
      ...(read('proxySupport') === 'off' ? NONE : (proxy && both(proxy)) || environment),
      noProxy: excepted.length > 0 ? excepted : environment.noProxy,
      authorization: authorization(read),
    },
    strictSSL: read('proxyStrictSSL') !== false,
    systemCertificates: read('systemCertificates') !== false,
    caFile: settings['http.caFile'].trim(),
  }
}

const NONE = { http: null, https: null }

function both(proxy: string): Pick<ProxySettings, 'http' | 'https'> {
  return { http: proxy, https: proxy }
}

function authorization(read: (name: string) => unknown): string | null {
  const value = text(read, 'proxyAuthorization')
  // It is copied into the head of a request as it is.
  if (/^[\t\x20-\x7e]*$/.test(value)) return value || null
  throw new CompletionError('invalid_request', { id: 'invalidProxyAuthorization' })
}

function text(read: (name: string) => unknown, name: string): string {
  const value = read(name)
  return typeof value === 'string' ? value.trim() : ''
}
