import { CompletionError } from '../completions/errors.ts'

/** The base URL of a server, and its API key. */
export interface Endpoint {
  /** Request paths are appended to it */
  base: URL
  apiKey: string | null
}

/**
 * The base URL in the setting `infill.endpoint`, in any of the forms that people copy from
 * documentation and other programs. A query is kept.
 *
 * ```
 *   https://api.example.com/v1/chat/completions   →   https://api.example.com/v1
 *   localhost:11434/api/generate                  →   http://localhost:11434/v1
 *   "https://openrouter.ai",                      →   https://openrouter.ai/api/v1
 * ```
 *
 * @throws CompletionError `invalid_request` if it is not an HTTP URL, or contains a password
 */
export function baseUrl(endpoint: string): URL {
  const text = withScheme(endpoint.trim().replace(/^[\s"'`<(]+|[\s"'`>),;]+$/g, ''))
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CompletionError('invalid_request', { id: 'endpointNotUrl', value: endpoint.trim() })
  }
  if (url.username !== '' || url.password !== '') {
    throw new CompletionError('invalid_request', { id: 'endpointHasPassword' })
  }
  url.pathname = basePath(url)
  url.hash = ''
  return url
}

/** `host:port`, or a host with a dot, is a URL without its scheme. */
function withScheme(text: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return text
  const host = /^(\[[\da-f:]+\]|[\w-]+(?:\.[\w-]+)*)(:\d+)?(?=[/?#]|$)/i.exec(text)
  if (host === null) return text
  const [, name = '', port] = host
  if (port === undefined && name !== 'localhost' && !name.includes('.')) return text
  return `${LOCAL.test(name) || port !== undefined ? 'http' : 'https'}://${text}`
}

const LOCAL = /^(localhost|\[.*\]|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|\.local$/

/** Paths of requests, which documentation shows as part of the URL */
const OPERATIONS =
  /\/(chat\/completions|fim\/completions|completions|infill|embeddings|responses|models|api\/(generate|chat|tags|show|ps))$/

/** Verbs of Vertex AI, which end the name of a model */
const VERBS = /:(rawPredict|streamRawPredict)$/

/** Servers of which the path is known when the URL has none */
const PATHS: ReadonlyMap<string, string> = new Map([
  ['api.openai.com', '/v1'],
  ['api.mistral.ai', '/v1'],
  ['codestral.mistral.ai', '/v1'],
  ['api.inceptionlabs.ai', '/v1'],
  ['api.together.xyz', '/v1'],
  ['api.together.ai', '/v1'],
  ['api.fireworks.ai', '/inference/v1'],
  ['openrouter.ai', '/api/v1'],
  ['api.siliconflow.cn', '/v1'],
  ['api.siliconflow.com', '/v1'],
  ['api.ap.siliconflow.com', '/v1'],
])

/** Default ports of local servers whose API is at `/v1` */
const PORTS: ReadonlySet<string> = new Set([
  '1234',
  '3000',
  '4000',
  '5000',
  '5001',
  '8000',
  '11434',
  '30000',
])

function basePath({ hostname, port, pathname }: URL): string {
  const path = pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  const base = path.replace(OPERATIONS, '').replace(VERBS, '').replace(/\/$/, '')
  const known = PATHS.get(hostname)
  if (known !== undefined) return base === '' || known.startsWith(`${base}/`) ? known : base
  // Ollama's own API is at `/api`, and the completions API at `/v1`.
  const isOllama = base.endsWith('/api') || /\/api\/\w+$/.test(path)
  if (isOllama) return `${base.replace(/\/api$/, '')}/v1`
  return base === '' && PORTS.has(port) ? '/v1' : base
}
