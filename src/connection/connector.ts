import { CompletionError } from '../completions/errors.ts'
import type { Wire } from '../generation/connection.ts'
import type { Send } from '../completions/http/transport.ts'
import type { ApiKeys } from './apiKeys.ts'
import type { Consent } from './consent.ts'
import type { Endpoint } from '../settings/endpoint.ts'
import { BUILTIN, LANGUAGE_MODELS } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'
import type { Network } from './transport/network.ts'
import { createTransports } from './transport/transports.ts'

/** Resolves the endpoint of the settings. */
export interface Connector {
  /** @param typedKey a key that is not saved, in place of the saved one */
  connect(settings: Settings, typedKey?: string): Promise<Wire>
  /**
   * Loads the network code and opens a connection, so that the next run does not wait for them. The
   * built-in endpoint is not started.
   */
  warmUp(settings: Settings): Promise<void>
  dispose(): Promise<void>
}

export interface ConnectorOptions {
  keys: ApiKeys
  /** The built-in endpoint, started at the first use */
  builtin: () => Promise<{ url: string; token: string }>
  /** Wraps the transport's `send`, for the log */
  around: (send: Send) => Send
  /** Asked before anything is sent */
  consent: Pick<Consent, 'isGiven' | 'require' | 'requireForKey'>
}

/** The network code is loaded at the first run. */
export function createConnector({ keys, builtin, around, consent }: ConnectorOptions): Connector {
  const transports = createTransports(async ({ client, ...options }) => {
    const { createFetchTransport, createTransport } = await import('../completions/index.ts')
    return client === 'vscode' ? createFetchTransport() : createTransport(options)
  })
  let network: Promise<Network> | undefined
  const networkOnce = (): Promise<Network> =>
    (network ??= import('./transport/network.ts').then(({ createNetwork }) => createNetwork()))
  return {
    async warmUp(settings) {
      const [configured, { baseUrl }] = await Promise.all([
        networkOnce(),
        import('../settings/endpoint.ts'),
        import('../completions/index.ts'),
      ])
      const { endpoint } = settings
      const isOpened = !OWN.includes(endpoint) && consent.isGiven(settings)
      const url = isOpened ? baseUrl(endpoint) : null
      await transports.prepare(configured.options(settings), url)
    },
    async connect(settings, typedKey) {
      const { baseUrl } = await import('../settings/endpoint.ts')
      // An address that is none needs no question.
      if (!OWN.includes(settings.endpoint)) baseUrl(settings.endpoint)
      await consent.require(settings)
      const [{ createClient }, configured, endpoint] = await Promise.all([
        import('../completions/index.ts'),
        networkOnce(),
        resolveEndpoint(settings, { keys, builtin }, typedKey),
      ])
      await consent.requireForKey(endpoint, settings)
      const send =
        settings.endpoint === LANGUAGE_MODELS
          ? await languageModelSend()
          : transports.sender(configured.options(settings))
      const { headers } = settings
      const options = { ...endpoint, headers, extraBody: extraBodyOf(settings) }
      const wrapped = around(send)
      return {
        base: endpoint.base,
        requestOptions: options,
        send: wrapped,
        client: (dialect, own) =>
          createClient({
            ...settings,
            ...options,
            ...own,
            send: wrapped,
            ...(dialect && { dialect }),
          }),
      }
    },
    async dispose() {
      await transports.dispose()
      const found = await network
      found?.dispose()
    },
  }
}

/** The built-in endpoint has a field that no API has. */
function extraBodyOf({
  endpoint,
  server,
  extraBody,
  ...settings
}: Settings): Settings['extraBody'] {
  const isBuiltin = endpoint === BUILTIN || server === BUILTIN
  return isBuiltin ? { confidence: settings['builtin.confidence'], ...extraBody } : extraBody
}

async function languageModelSend(): Promise<Send> {
  const [{ chatModelSend }, { EDITOR_MODELS }] = await Promise.all([
    import('./transport/chatModels.ts'),
    import('./transport/editorModels.ts'),
  ])
  return chatModelSend(EDITOR_MODELS)
}

/** Endpoints that are no URL */
const OWN: readonly string[] = [BUILTIN, LANGUAGE_MODELS]

/** A server that nobody can have: its requests go to VS Code. */
const MODELS_BASE = 'http://vscode-lm.invalid/v1'

async function resolveEndpoint(
  { endpoint }: Settings,
  { keys, builtin }: Pick<ConnectorOptions, 'keys' | 'builtin'>,
  typedKey: string | undefined,
): Promise<Endpoint> {
  const { baseUrl } = await import('../settings/endpoint.ts')
  if (endpoint === BUILTIN) {
    try {
      const { url, token } = await builtin()
      return { base: baseUrl(url), apiKey: token }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new CompletionError('unreachable', { id: 'builtinFailed', reason }, { cause })
    }
  }
  if (endpoint === LANGUAGE_MODELS) return { base: new URL(MODELS_BASE), apiKey: null }
  const base = baseUrl(endpoint)
  return { base, apiKey: typedKey ?? (await keys.get(base.origin)) }
}
