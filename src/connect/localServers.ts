import { isFields } from '../completions/fields.ts'
import { CompletionError } from '../completions/errors.ts'
import { readText } from '../completions/http/body.ts'
import type { HttpResponse, Send } from '../completions/http/transport.ts'
import { detectByModels } from '../servers/detect.ts'
import { modelEntries } from '../servers/models.ts'
import type { ServerId } from '../servers/profile.ts'
import { profileOf } from '../servers/profiles/index.ts'

/** A server for one's own machine, and the port that it listens on unless told otherwise. */
export interface LocalServer {
  readonly title: string
  readonly server: ServerId | 'auto'
  readonly port: number
  /** The path of its list of models. Default: `v1/models` */
  readonly list?: string
  /** A path at which no other server responds with a JSON object */
  readonly own?: string
  /** Whether a list of models that names no server is taken for this one */
  readonly byPort?: true
}

/** Several servers can have the same port. They are told apart by what they respond. */
export const LOCAL_SERVERS: readonly LocalServer[] = [
  { title: 'Ollama', server: 'ollama', port: 11434, list: 'api/tags', byPort: true },
  { title: 'llama.cpp', server: 'llamacpp', port: 8080 },
  // The port of its presets for filling in the middle
  { title: 'llama.cpp', server: 'llamacpp', port: 8012 },
  { title: 'LocalAI', server: 'localai', port: 8080, own: '.well-known/localai.json' },
  { title: 'LM Studio', server: 'lmstudio', port: 1234, byPort: true },
  { title: 'vLLM', server: 'vllm', port: 8000 },
  { title: 'SGLang', server: 'sglang', port: 30000 },
  { title: 'KoboldCpp', server: 'koboldcpp', port: 5001, byPort: true },
  { title: 'Jan', server: 'auto', port: 1337, byPort: true },
  { title: 'text-generation-webui', server: 'textgen', port: 5000, byPort: true },
]

export interface FoundServer {
  /** `null` for an OpenAI-compatible server that does not say what it is */
  title: string | null
  server: ServerId | 'auto'
  /** Base URL */
  endpoint: string
  /** The number of models; `null` while it is not known */
  models: number | null
  state: 'ready' | 'loading' | 'needsKey'
}

/** Time for all servers together, in ms */
export const LOCAL_LIMIT = 300

/** In bytes: the longest list of a machine's own models has some hundred */
const MAX_LIST = 256 * 1024

const HOSTS = ['127.0.0.1', '[::1]'] as const

/**
 * Finds the servers that run on this machine. All ports are asked at the same time, on loopback only;
 * what has not responded within the limit is not running.
 *
 * @param send without headers of the user: a port may belong to any program
 * @throws the signal's reason when it is aborted
 */
export async function findLocal(
  send: Send,
  signal: AbortSignal,
  servers: readonly LocalServer[] = LOCAL_SERVERS,
): Promise<FoundServer[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LOCAL_LIMIT)])
  const ports = [...Map.groupBy(servers, ({ port }) => port)]
  const found = await Promise.all(
    ports.map(async ([port, candidates]) => {
      const hosts = await Promise.all(
        HOSTS.map((host) => ask(`http://${host}:${port}`, candidates, send, limit)),
      )
      // A server that listens on both is one server.
      return hosts.find((each) => each !== null) ?? null
    }),
  )
  signal.throwIfAborted()
  return found.filter((each) => each !== null)
}

async function ask(
  origin: string,
  candidates: readonly LocalServer[],
  send: Send,
  signal: AbortSignal,
): Promise<FoundServer | null> {
  const list = candidates.find((each) => each.list !== undefined)?.list ?? 'v1/models'
  const answer = await get(`${origin}/${list}`, send, signal)
  if (answer === null) return null
  const { response, json } = answer
  const id = detectByModels(json, (name) => response.header(name))
  if (id === 'builtin') return null
  const endpoint = `${origin}/v1`
  const { status } = response
  if (status === 401 && (id !== null || isFields(json))) {
    return { ...named(id, null), endpoint, models: null, state: 'needsKey' }
  }
  // A llama-server that is loading is recognized by its header.
  if (status === 503 && id !== null) {
    return { ...named(id, null), endpoint, models: null, state: 'loading' }
  }
  if (status !== 200 || !isList(json)) return null
  const own = id === null ? await byOwnPath(origin, candidates, send, signal) : undefined
  const byPort = own ?? candidates.find((each) => each.byPort)
  return { ...named(id, byPort), endpoint, models: modelEntries(json).length, state: 'ready' }
}

function named(
  id: ServerId | null,
  otherwise: LocalServer | null | undefined,
): Pick<FoundServer, 'title' | 'server'> {
  if (id !== null) return { title: profileOf(id).title, server: id }
  return { title: otherwise?.title ?? null, server: otherwise?.server ?? 'auto' }
}

async function byOwnPath(
  origin: string,
  candidates: readonly LocalServer[],
  send: Send,
  signal: AbortSignal,
): Promise<LocalServer | undefined> {
  for (const candidate of candidates) {
    if (candidate.own === undefined) continue
    const answer = await get(`${origin}/${candidate.own}`, send, signal)
    if (answer?.response.status === 200 && isFields(answer.json)) return candidate
  }
  return undefined
}

/** `{data: […]}`, or Ollama's `{models: […]}`; a server without models may say `null`. */
function isList(json: unknown): boolean {
  if (!isFields(json)) return false
  const { data, models, object } = json
  return Array.isArray(data) || Array.isArray(models) || (object === 'list' && data === null)
}

/** `null` when nothing responds, or not in time */
async function get(
  url: string,
  send: Send,
  signal: AbortSignal,
): Promise<{ response: HttpResponse; json: unknown } | null> {
  try {
    const headers = { accept: 'application/json' }
    const response = await send({ method: 'GET', url: new URL(url), headers }, signal)
    return { response, json: jsonOf(await readText(response.body, MAX_LIST)) }
  } catch (error) {
    if (!signal.aborted && !(error instanceof CompletionError)) throw error
    return null
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
