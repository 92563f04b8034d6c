import { completionsDialect } from '../completions/dialect.ts'
import { CompletionError } from '../completions/errors.ts'
import { readText } from '../completions/http/body.ts'
import { checkStatus } from '../completions/response.ts'
import type { Wire } from '../generation/connection.ts'
import { detectByModels, detectByUrl, hintByPort } from '../servers/detect.ts'
import {
  modelsUrl,
  parseConfiguredContext,
  parseModels,
  type ModelInfo,
} from '../servers/models.ts'
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
    const { models, isLoaded } = await runningModels(wire, profile, { model, signal })
    return { profile, models, isCertain: isLoaded }
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  const { list, header, isCertain } = await detected(wire, profileOf(known ?? 'openai'), limit)
  signal.throwIfAborted()
  const byModels = detectByModels(list?.json, header)
  const id = known ?? byModels ?? hintByPort(wire.base)
  const profile = profileOf(id ?? 'openai')
  const listed = parseModels(list?.json)
  const only = listed.length === 1 ? listed[0]?.id : undefined
  const running = await runningModels(wire, profile, { model: model || (only ?? ''), signal })
  const { isLoaded } = running
  return {
    profile,
    models: [...running.models, ...listed],
    isCertain: isCertain && isLoaded,
  }
}

/**
 * The loaded models with their context, from servers that list them separately. Of a model that is not
 * loaded, the context that it is going to have, if that is configured; the server is asked again then.
 */
async function runningModels(
  wire: Wire,
  profile: ServerProfile,
  { model, signal }: { model: string; signal: AbortSignal },
): Promise<{ models: ModelInfo[]; isLoaded: boolean }> {
  const { loaded, described } = profile
  if (loaded === undefined) return { models: [], isLoaded: true }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  const { list } = await detected(wire, { ...profileOf('openai'), models: loaded }, limit)
  signal.throwIfAborted()
  const models = parseModels(list?.json)
  // The name of the newest version may lack its tag.
  const own = models.find(({ id }) => id === model || id === `${model}:latest`)
  if (own !== undefined) return { models: [{ ...own, id: model }, ...models], isLoaded: true }
  if (described === undefined || model === '') return { models, isLoaded: models.length > 0 }
  const request = { method: 'POST', url: described(wire.base), body: { model } } as const
  const shown = await notFatal(answerOf(wire, profile, request, limit), limit)
  signal.throwIfAborted()
  const contextLength = parseConfiguredContext(shown.list?.json)
  return {
    models:
      contextLength === null
        ? models
        : [...models, { id: model, infill: 'unknown', contextLength }],
    isLoaded: false,
  }
}

/** Timeout of a detection, in ms. Some servers accept the request and never respond. */
const LIMIT = 2000

/** The list of models; no list where that fails */
function detected(wire: Wire, profile: ServerProfile, signal: AbortSignal): Promise<ListedModels> {
  return notFatal(listModels(wire, profile, signal), signal)
}

/** A detection never ends a run: the completion itself reports what is wrong. */
async function notFatal(asked: Promise<ListedModels>, signal: AbortSignal): Promise<ListedModels> {
  try {
    return await asked
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
  wire: Pick<Wire, 'base' | 'requestOptions' | 'send'>,
  profile: ServerProfile,
  signal: AbortSignal,
): Promise<ListedModels> {
  const url = modelsUrl(profile, wire.base)
  if (url === null) return { list: null, header: () => undefined, isCertain: true }
  return answerOf(wire, profile, { method: 'GET', url }, signal)
}

/** @throws CompletionError */
async function answerOf(
  { requestOptions, send }: Pick<Wire, 'requestOptions' | 'send'>,
  profile: ServerProfile,
  { method, url, body }: { method: 'GET' | 'POST'; url: URL; body?: object },
  signal: AbortSignal,
): Promise<ListedModels> {
  const { apiKey, headers } = requestOptions
  const dialect = profile.dialects?.off ?? completionsDialect
  const key = apiKey === null ? {} : dialect.authorization(apiKey)
  const request = {
    method,
    url,
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...key,
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  }
  const response = await send(request, signal)
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
