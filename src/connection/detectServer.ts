import { readText } from '../completions/http/body.ts'
import { completionsDialect } from '../completions/dialect.ts'
import { CompletionError } from '../completions/errors.ts'
import { checkStatus } from '../completions/response.ts'
import { detectByModels, detectByUrl, hintByPort } from '../servers/detect.ts'
import { modelsUrl, parseModels, type ModelInfo } from '../servers/models.ts'
import type { ServerProfile } from '../servers/profile.ts'
import { profileOf } from '../servers/profiles/index.ts'
import type { Wire } from './connector.ts'
import { BUILTIN } from '../settings/endpoint.ts'
import type { Settings } from '../settings/settings.ts'

/** What an endpoint turned out to be. */
export interface DetectedServer {
  profile: ServerProfile
  models: readonly ModelInfo[]
}

/** By the setting, else by the URL, else by what the server says of its models. */
export async function detectServer(
  wire: Wire,
  settings: Settings,
  signal: AbortSignal,
): Promise<DetectedServer> {
  const { endpoint, server, model } = settings
  if (endpoint === BUILTIN) return { profile: profileOf(BUILTIN), models: [] }
  const told = server === 'auto' ? detectByUrl(wire.base) : server
  // Nothing is asked that is known already.
  if (told !== null && model !== '') return { profile: profileOf(told), models: [] }
  const listed = await listModels(wire, profileOf(told ?? 'openai'), signal)
  const id = told ?? (listed && detectByModels(listed.json, listed.header)) ?? hintByPort(wire.base)
  return { profile: profileOf(id ?? 'openai'), models: parseModels(listed?.json) }
}

interface Listed {
  json: unknown
  header: (name: string) => string | undefined
}

/** A server's list of its models; `null` when it has none that can be read. @throws CompletionError */
export async function listModels(
  { base, requestOptions, send }: Wire,
  profile: ServerProfile,
  signal: AbortSignal,
): Promise<Listed | null> {
  const url = modelsUrl(profile, base)
  if (url === null) return null
  const { apiKey, headers } = requestOptions
  const dialect = profile.dialects?.off ?? completionsDialect
  const key = apiKey === null ? {} : dialect.authorization(apiKey)
  const request = { accept: 'application/json', ...key, ...headers }
  const response = await send({ method: 'GET', url, headers: request }, signal)
  try {
    await checkStatus(response, url, apiKey)
    const json: unknown = JSON.parse(await readText(response.body, MAX_LIST))
    return { json, header: (name) => response.header(name) }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    // Many have no such list, and complete all the same.
    if (error instanceof CompletionError && !MATTERS.has(error.kind)) return null
    throw error
  }
}

/** In bytes; the longest lists, of hosted gateways, have some thousand models. */
const MAX_LIST = 16 * 1024 * 1024

/** What a completion would run into as well */
const MATTERS: ReadonlySet<CompletionError['kind']> = new Set([
  'authentication',
  'rate_limit',
  'timeout',
])
