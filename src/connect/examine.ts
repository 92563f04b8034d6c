import { CompletionError } from '../completions/errors.ts'
import { listModels } from '../connection/detectServer.ts'
import type { Wire } from '../generation/connection.ts'
import { detectByModels, detectByUrl, hintByPort } from '../servers/detect.ts'
import { modelsUrl, parseModels, type ModelInfo } from '../servers/models.ts'
import type { ServerId, ServerProfile } from '../servers/profile.ts'
import { profileOf } from '../servers/profiles/index.ts'

/** A server that responded. */
export interface Examined {
  /** The base URL that works, of those that were given */
  endpoint: string
  /** `auto` when nothing but its port says what it is */
  server: ServerId | 'auto'
  profile: ServerProfile
  /** Empty when it lists none */
  models: readonly ModelInfo[]
  /** Whether it said that it is not ready yet */
  isLoading: boolean
}

export interface ExamineOptions {
  /** Base URLs, the most likely first */
  urls: readonly string[]
  server: ServerId | 'auto'
  /** The wire to a base URL, with the key that was typed, else the saved one */
  wire: (endpoint: string) => Promise<Wire>
  signal: AbortSignal
}

/** Timeout in ms */
const LIMIT = 10_000

/**
 * Asks a server what it is and which models it has. Of several URLs, the first one with a list of
 * models counts, else the first one that responds.
 *
 * @throws CompletionError; the signal's reason when it is aborted
 */
export async function examine(options: ExamineOptions): Promise<Examined> {
  const { signal, urls } = options
  const timeout = AbortSignal.timeout(LIMIT)
  const done = new AbortController()
  const limit = AbortSignal.any([signal, timeout, done.signal])
  const asked = urls.map((url) => settled(examineOne(url, options, limit)))
  try {
    const results: (Listed | { error: unknown })[] = []
    // All are asked at the same time, and the first ones are not kept waiting by the others.
    for (const each of asked) {
      const result = await each
      signal.throwIfAborted()
      if ('models' in result && result.models.length > 0) return result
      results.push(result)
    }
    const found = results.filter((each) => 'models' in each)
    const [refused] = results.filter((each) => 'error' in each)
    const best = found.find((each) => each.isLoading || each.hasList)
    if (best !== undefined) return best
    // A key is refused at one path, and the other path does not exist.
    if (refused === undefined && found[0] !== undefined) return found[0]
    throw timeout.aborted ? timedOut(urls[0] ?? '') : refused?.error
  } finally {
    done.abort()
  }
}

type Listed = Examined & { hasList: boolean }

async function settled(task: Promise<Listed>): Promise<Listed | { error: unknown }> {
  try {
    return await task
  } catch (error) {
    return { error }
  }
}

async function examineOne(
  endpoint: string,
  { server, wire: connect }: ExamineOptions,
  signal: AbortSignal,
): Promise<Listed> {
  const wire = await connect(endpoint)
  const known = server === 'auto' ? detectByUrl(wire.base) : server
  const asked = profileOf(known ?? 'openai')
  const listed = await listModels(wire, asked, signal)
  const certain = known ?? detectByModels(listed.list?.json, listed.header)
  const profile = profileOf(certain ?? hintByPort(wire.base) ?? 'openai')
  // The own list of a server says more: Ollama's, which of its models fill in the middle.
  const isSame = modelsUrl(profile, wire.base)?.href === modelsUrl(asked, wire.base)?.href
  const { list } = isSame ? listed : await listModels(wire, profile, signal)
  return {
    endpoint,
    server: certain ?? 'auto',
    profile,
    models: parseModels(list?.json),
    isLoading: !listed.isCertain,
    hasList: list !== null,
  }
}

function timedOut(url: string): CompletionError {
  const origin = URL.canParse(url) ? new URL(url).origin : url
  return new CompletionError('unreachable', { id: 'unreachable', origin, code: 'ETIMEDOUT' })
}
