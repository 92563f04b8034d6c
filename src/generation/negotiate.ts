import { CompletionError } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'
import type { ProjectContext } from '../infill/project/projectContext.ts'
import { judgeProbe, probeRequests } from '../servers/probe.ts'
import { refusalOf } from '../servers/refusals.ts'
import { parseSettings, type Settings } from '../settings/settings.ts'
import type { GenerationConnection } from './connection.ts'
import { fit, limitFrom, type Fitted } from './contextFit.ts'
import type { Notice } from './notices.ts'
import { requestFor } from './requestFor.ts'
import { forOneRun, type CapabilityStore, type ServerCapabilities } from './serverCapabilities.ts'
import { chooseSuffixStrategy, type SuffixStrategy } from './suffixStrategy.ts'

/** The text around the cursor, with LF */
export interface PromptAndSuffix {
  prompt: string
  suffix: string
  /** What is sent of other files */
  project?: ProjectContext | undefined
}

export interface NegotiateOptions {
  connection: GenerationConnection
  settings: Settings
  capabilities: CapabilityStore
  signal: AbortSignal
  /** Fields that differ from the settings */
  fields?: Partial<CompletionRequest>
  /** Characters per token of the model, if they were measured */
  charactersPerToken?: number | undefined
  /** Reports what was learned about the server, once for each. */
  notice: (notice: Notice) => void
  /** Whether the context is sent whole, also when it is too long for the server */
  isExact?: boolean | undefined
  /** Called when less than the context is sent, because the server's limit is lower */
  onFitted?: ((fitted: Fitted) => void) | undefined
}

/** The request that is sent first for a context, and how its suffix is sent. */
export async function prepare(
  context: PromptAndSuffix,
  options: NegotiateOptions,
): Promise<{ request: CompletionRequest; strategy: SuffixStrategy }> {
  const strategy = await findStrategy(context.suffix, options)
  return { request: requestFor(await fitted(context, options), strategy, options), strategy }
}

async function fitted(
  context: PromptAndSuffix,
  options: NegotiateOptions,
): Promise<PromptAndSuffix> {
  const { connection, settings, charactersPerToken, onFitted } = options
  if (options.isExact === true) return context
  const known = knownContext(options)
  const limit = Math.min(known, connection.context ?? Infinity)
  const found = limit === Infinity ? null : fit(context, limit, settings, charactersPerToken)
  if (found === null) return context
  onFitted?.(found)
  if (limit < known) await learn({ context: limit }, options)
  return found
}

/** In tokens; `Infinity` when no limit is known */
function knownContext({ capabilities, connection: { base, model } }: NegotiateOptions): number {
  return capabilities.of(base.href, model).context ?? Infinity
}

/** Gives up after this many refused fields. */
const MAX_REFUSALS = 8

/**
 * Sends a request in the best way that the server and the model support. When that is refused before
 * any text arrived, remembers it and sends the request again without what was refused.
 *
 * @param attempt sends one request
 * @param hasText whether an item of the attempt contains text
 * @throws CompletionError
 */
export async function* negotiated<Item>(
  context: PromptAndSuffix,
  options: NegotiateOptions,
  attempt: (request: CompletionRequest, strategy: SuffixStrategy) => AsyncIterable<Item>,
  hasText: (item: Item) => boolean,
): AsyncGenerator<Item, void, undefined> {
  const { capabilities, connection } = options
  const current = {
    ...options,
    // A server that is not recognized yet may be another one in a moment.
    capabilities: connection.isCertain ? capabilities : forOneRun(capabilities),
  }
  for (let refusals = 0; ; refusals++) {
    const { request, strategy } = await prepare(context, current)
    let began = false
    try {
      for await (const item of attempt(request, strategy)) {
        began ||= hasText(item)
        yield item
      }
      return
    } catch (error) {
      if (began || refusals === MAX_REFUSALS || !(error instanceof CompletionError)) throw error
      const learned = capabilityFrom(error, request, strategy, current)
      if (learned === null) throw error
      await learn(learned, current)
    }
  }
}

async function findStrategy(suffix: string, options: NegotiateOptions): Promise<SuffixStrategy> {
  const { connection, settings, capabilities } = options
  const { profile, model, base } = connection
  const choose = (
    learned: ServerCapabilities = capabilities.of(base.href, model),
  ): SuffixStrategy | 'probe' => chooseSuffixStrategy({ settings, profile, model, suffix, learned })
  const strategy = choose()
  if (strategy !== 'probe') return strategy
  // While a server is loading its model, its responses say nothing.
  const verdict = connection.isCertain ? await probe(options) : null
  options.signal.throwIfAborted()
  if (verdict !== null) await learn({ suffix: verdict }, options)
  const found = verdict === null ? choose({ suffix: 'honoured' }) : choose()
  // The result of a probe always decides.
  if (found === 'probe') throw new CompletionError('internal', { id: 'defect' })
  return found
}

/** Timeout of a probe, in ms */
const PROBE_LIMIT = 2000

/** Some models require at least this many tokens. */
const MIN_TOKENS = 16

/**
 * Tests whether a suffix in its own field affects the completion and is not repeated in it. A probe
 * never ends a run: `null` when it fails, and nothing is remembered.
 */
async function probe({
  connection,
  signal,
}: NegotiateOptions): Promise<Required<ServerCapabilities>['suffix'] | null> {
  const client = connection.client(connection.profile.dialects?.field, { maxRetries: 0 })
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_LIMIT)])
  for (const max_tokens of [1, MIN_TOKENS]) {
    const requests = probeRequests(connection.model, max_tokens)
    try {
      const without = await client.create(requests.without, { signal: limit })
      const verdict = judgeProbe(without, await client.create(requests.with, { signal: limit }))
      // Without usage there is nothing to judge by. The API has a suffix, so it is sent.
      return verdict === 'unknown' ? 'honoured' : verdict
    } catch (error) {
      if (!(error instanceof CompletionError)) return null
      const refusal = refusalOf(error, requests.with)
      if (refusal !== null && 'suffix' in refusal) return 'refused'
      if (error.kind !== 'rejected') return null
    }
  }
  return null
}

function capabilityFrom(
  error: CompletionError,
  request: CompletionRequest,
  { mode }: SuffixStrategy,
  options: NegotiateOptions,
): ServerCapabilities | null {
  const { settings, fields = {}, isExact = false } = options
  if (error.kind === 'context_length') {
    if (isExact) return null
    const limit = limitFrom(error, request, knownContext(options), options.charactersPerToken)
    // For the next attempt of this run
    options.charactersPerToken = limit?.charactersPerToken
    return limit && { context: limit.context }
  }
  const refusal = refusalOf(error, request, (field) => isSet(field, settings, fields))
  if (refusal === null) return null
  if ('field' in refusal) return { refused: [refusal.field] }
  return mode === 'field' ? { suffix: 'refused' } : null
}

/** Whether the user has set a field of the request */
function isSet(field: string, settings: Settings, fields: Partial<CompletionRequest>): boolean {
  if (field in fields) return true
  if (field === 'temperature') return settings.temperature !== DEFAULTS.temperature
  return field !== 'suffix' && field !== 'stream_options'
}

const DEFAULTS = parseSettings(() => undefined)

/** Remembers that a field of the request has no effect. */
export async function learnRefused(field: string, options: NegotiateOptions): Promise<void> {
  await learn({ refused: [field] }, options)
}

async function learn(
  learned: ServerCapabilities,
  { connection, settings, capabilities, fields = {}, notice }: NegotiateOptions,
): Promise<void> {
  const { base, model, profile } = connection
  const known = capabilities.of(base.href, model)
  await capabilities.add(base.href, model, learned)
  // Another request of the same run may have learned it a moment before.
  const isNew = (field: string): boolean => !(known.refused ?? []).includes(field)
  for (const field of (learned.refused ?? []).filter(isNew)) {
    notice({ id: 'fieldOmitted', host: base.host, field, isSet: isSet(field, settings, fields) })
  }
  if (learned.context !== undefined && known.context === undefined) {
    notice({ id: 'contextLimited', host: base.host, context: learned.context })
  }
  const because = learned.suffix
  if (because === undefined || because === 'honoured' || because === known.suffix) return
  const next = chooseSuffixStrategy({ settings, profile, model, suffix: 'x', learned })
  // It is sent nevertheless.
  if (next !== 'probe' && next.mode === 'field') return
  const isTemplate = next !== 'probe' && next.mode === 'template'
  const template = isTemplate ? (next.template?.id ?? null) : null
  notice({ id: 'suffixUnsupported', host: base.host, because, template })
}
