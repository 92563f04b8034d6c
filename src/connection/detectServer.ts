import { completionsDialect } from '../completions/dialect.ts'
import { CompletionError } from '../completions/errors.ts'
import { readText } from '../completions/http/body.ts'
import { checkStatus } from '../completions/response.ts'
import type { Wire } from '../generation/connection.ts'
import { detectByModels, detectByUrl, hintByPort } from '../servers/detect.ts'
import { modelsUrl, parseModels, type ModelInfo } from '../servers/models.ts'
import type { ServerProfile } from '../servers/profile.ts'
import { profileOf } from '../servers/profiles/index.ts'
import { BUILTIN } from '../settings/endpoint.ts'
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
 * @throws CompletionError for what a completion would fail with as well
 */
export async function detectServer(
  wire: Wire,
  { endpoint, server, model }: Pick<Settings, 'endpoint' | 'server' | 'model'>,
  signal: AbortSignal,
): Promise<DetectedServer> {
  if (endpoint === BUILTIN) return { profile: profileOf(BUILTIN), models: [], isCertain: true }
  const known = server === 'auto' ? detectByUrl(wire.base) : server
  // No request is needed when both are known.
  if (known !== null && model !== '') {
    return { profile: profileOf(known), models: [], isCertain: true }
  }
  const { list, isCertain } = await listModels(wire, profileOf(known ?? 'openai'), signal)
  const id = known ?? (list && detectByModels(list.json, list.header)) ?? hintByPort(wire.base)
  return { profile: profileOf(id ?? 'openai'), models: parseModels(list?.json), isCertain }
}

interface ModelList {
  json: unknown
  header: (name: string) => string | undefined
}

interface ListedModels {
  /** `null` when the server has no list that can be read */
  list: ModelList | null
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
  if (url === null) return { list: null, isCertain: true }
  const { apiKey, headers } = requestOptions
  const dialect = profile.dialects?.off ?? completionsDialect
  const key = apiKey === null ? {} : dialect.authorization(apiKey)
  const request = { accept: 'application/json', ...key, ...headers }
  const response = await send({ method: 'GET', url, headers: request }, signal)
  try {
    await checkStatus(response, url, apiKey)
    const json: unknown = JSON.parse(await readText(response.body, MAX_LIST))
    return { list: { json, header: (name) => response.header(name) }, isCertain: true }
  } catch (error) {
    if (error instanceof SyntaxError) return { list: null, isCertain: true }
    // Many servers have no such list and can complete nevertheless.
    if (error instanceof CompletionError && !FATAL.has(error.kind)) {
      return { list: null, isCertain: !error.retryable }
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
