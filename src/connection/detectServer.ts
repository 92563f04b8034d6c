import { completionsDialect } from '../completions/dialect.ts'
import { CompletionError } from '../completions/errors.ts'
import { readText } from '../completions/http/body.ts'
import { checkStatus } from '../completions/response.ts'
import type { Wire } from '../generation/connection.ts'
import { detectByModels, detectByUrl, hintByPort } from '../servers/detect.ts'
import { modelsUrl, parseModels, type ModelInfo } from '../servers/models.ts'
import type { ServerProfile } from '../servers/profile.ts'
import { profileOf } from '../servers/profiles/index.ts'
import { BUILTIN } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'

export interface DetectedServer {
  profile: ServerProfile
  models: readonly ModelInfo[]
  /** Whether the server responded; `false` while it is loading or overloaded */
  isCertain: boolean
}

/**
 * Detects the server by the setting, by the URL, or by its list of models.
 *
 * @throws the signal's reason when it is aborted
 */
export async function detectServer(
  wire: Wire,
  { endpoint, server, model }: Pick<Settings, 'endpoint' | 'server' | 'model'>,
  signal: AbortSignal,
): Promise<DetectedServer> {
  if (endpoint === BUILTIN) return { profile: profileOf(BUILTIN), models: [], isCertain: true }
  const known = server === 'auto' ? detectByUrl(wire.base) : server
  // No request is needed when both are known, unless the server cuts long prompts.
  if (known !== null && model !== '') {
    const profile = profileOf(known)
    const models = await loadedModels(wire, profile, signal)
    return { profile, models, isCertain: profile.loaded === undefined || models.length > 0 }
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  const { list, header, isCertain } = await detected(wire, profileOf(known ?? 'openai'), limit)
  signal.throwIfAborted()
  const byModels = detectByModels(list?.json, header)
  const id = known ?? byModels ?? hintByPort(wire.base)
  const profile = profileOf(id ?? 'openai')
  const loaded = await loadedModels(wire, profile, signal)
  // The context of a model is known when the model is loaded, so the server is asked again.
  const isLoaded = profile.loaded === undefined || loaded.length > 0
  return {
    profile,
    models: [...loaded, ...parseModels(list?.json)],
    isCertain: isCertain && isLoaded,
  }
}

/** The loaded models with their context, from servers that list it separately */
async function loadedModels(
  wire: Wire,
  { loaded }: ServerProfile,
  signal: AbortSignal,
): Promise<ModelInfo[]> {
  if (loaded === undefined) return []
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  const profile = { ...profileOf('openai'), models: loaded }
  const { list } = await detected(wire, profile, limit)
  signal.throwIfAborted()
  return parseModels(list?.json)
}

/** Timeout of a detection, in ms. Some servers accept the request and never respond. */
const LIMIT = 2000

/** The list of models. A detection never ends a run: the completion itself reports what is wrong. */
async function detected(
  wire: Wire,
  profile: ServerProfile,
  signal: AbortSignal,
): Promise<ListedModels> {
  try {
    return await listModels(wire, profile, signal)
  } catch (error) {
    if (!signal.aborted && !(error instanceof CompletionError)) throw error
    return { list: null, header: () => undefined, isCertain: false }
  }
}

interface ModelList {
  json: unknown
  header: (name: string) => string | undefined
}

interface ListedModels {
  /** `null` when the server has no list that can be read */
  list: ModelList | null
  /** The headers of the response, also of one that is an error */
  header: ModelList['header']
  /** Whether the response is final; `false` while the server is loading its model */
  isCertain: boolean
}

/** The models of a server. @throws CompletionError */
export async function listModels(
  { base, requestOptions, send }: Wire,
  profile: ServerProfile,
  signal: AbortSignal,
): Promise<ListedModels> {
  const url = modelsUrl(profile, base)
  if (url === null) return { list: null, header: () => undefined, isCertain: true }
  const { apiKey, headers } = requestOptions
  const dialect = profile.dialects?.off ?? completionsDialect
  const key = apiKey === null ? {} : dialect.authorization(apiKey)
  const request = { accept: 'application/json', ...key, ...headers }
  const response = await send({ method: 'GET', url, headers: request }, signal)
  const header = (name: string): string | undefined => response.header(name)
  try {
    await checkStatus(response, url, apiKey)
    const json: unknown = JSON.parse(await readText(response.body, MAX_LIST))
    return { list: { json, header }, header, isCertain: true }
  } catch (error) {
    if (error instanceof SyntaxError) return { list: null, header, isCertain: true }
    // Many servers have no such list and can complete nevertheless.
    if (error instanceof CompletionError && !FATAL.has(error.kind)) {
      return { list: null, header, isCertain: !error.retryable }
    }
    throw error
  }
}

/** In bytes. The longest lists, those of hosted gateways, have some thousand models. */
const MAX_LIST = 16 * 1024 * 1024

/** A completion would fail with the same error. */
const FATAL: ReadonlySet<CompletionError['kind']> = new Set([
  'authentication',
  'rate_limit',
  'timeout',
])
