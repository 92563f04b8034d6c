import { CompletionError } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'
import { render } from '../infill/templates.ts'
import { judgeProbe, probeRequests } from '../servers/probe.ts'
import { refusalOf } from '../servers/refusals.ts'
import { toRequest, type Context } from '../servers/request.ts'
import type { Settings } from '../settings/settings.ts'
import type { GenerationConnection } from './connection.ts'
import type { Notice } from './notices.ts'
import type { CapabilityStore, ServerCapabilities } from './serverCapabilities.ts'
import { chooseSuffixStrategy, type SuffixStrategy } from './suffixStrategy.ts'

/** The text around the cursor, with LF */
export interface PromptAndSuffix {
  prompt: string
  suffix: string
}

export interface NegotiateOptions {
  connection: GenerationConnection
  settings: Settings
  capabilities: CapabilityStore
  signal: AbortSignal
  /** Fields that differ from the settings */
  fields?: Partial<CompletionRequest>
  /** Reports what was learned about the server, once for each. */
  notice: (notice: Notice) => void
}

/** The request that is sent first for a context, and how its suffix is sent. */
export async function prepare(
  context: PromptAndSuffix,
  options: NegotiateOptions,
): Promise<{ request: CompletionRequest; strategy: SuffixStrategy }> {
  const strategy = await findStrategy(context.suffix, options)
  return { request: requestFor(context, strategy, options), strategy }
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
  for (let refusals = 0; ; refusals++) {
    const { request, strategy } = await prepare(context, options)
    let began = false
    try {
      for await (const item of attempt(request, strategy)) {
        began ||= hasText(item)
        yield item
      }
      return
    } catch (error) {
      if (began || refusals === MAX_REFUSALS || !(error instanceof CompletionError)) throw error
      const learned = capabilityFrom(error, request, strategy)
      if (learned === null) throw error
      await learn(learned, options)
    }
  }
}

async function findStrategy(suffix: string, options: NegotiateOptions): Promise<SuffixStrategy> {
  const { connection, settings, capabilities } = options
  const { profile, model, base } = connection
  const choose = (): SuffixStrategy | 'probe' => {
    const learned = capabilities.of(base.href, model)
    return chooseSuffixStrategy({ settings, profile, model, suffix, learned })
  }
  const strategy = choose()
  if (strategy !== 'probe') return strategy
  await learn({ suffix: await probe(options) }, options)
  const found = choose()
  // The result of a probe always decides.
  if (found === 'probe') throw new CompletionError('internal', { id: 'defect' })
  return found
}

/** Tests whether a suffix in its own field affects the completion and is not repeated in it. */
async function probe({
  connection,
  signal,
}: NegotiateOptions): Promise<Required<ServerCapabilities>['suffix']> {
  const client = connection.client(connection.profile.dialects?.field)
  const requests = probeRequests(connection.model)
  try {
    const without = await client.create(requests.without, { signal })
    const verdict = judgeProbe(without, await client.create(requests.with, { signal }))
    // Without usage there is nothing to judge by. The API has a suffix, so it is sent.
    return verdict === 'unknown' ? 'honoured' : verdict
  } catch (error) {
    const refusal = error instanceof CompletionError ? refusalOf(error, requests.with) : null
    if (refusal !== null && 'suffix' in refusal) return 'refused'
    throw error
  }
}

function capabilityFrom(
  error: CompletionError,
  request: CompletionRequest,
  { mode }: SuffixStrategy,
): ServerCapabilities | null {
  const refusal = refusalOf(error, request)
  if (refusal === null) return null
  if ('field' in refusal) return { refused: [refusal.field] }
  return mode === 'field' ? { suffix: 'refused' } : null
}

async function learn(
  learned: ServerCapabilities,
  { connection, settings, capabilities, notice }: NegotiateOptions,
): Promise<void> {
  const { base, model, profile } = connection
  const known = capabilities.of(base.href, model)
  await capabilities.add(base.href, model, learned)
  // Another request of the same run may have learned it a moment before.
  const isNew = (field: string): boolean => !(known.refused ?? []).includes(field)
  for (const field of (learned.refused ?? []).filter(isNew)) {
    notice({ id: 'fieldOmitted', host: base.host, field })
  }
  const because = learned.suffix
  if (because === undefined || because === 'honoured' || because === known.suffix) return
  const next = chooseSuffixStrategy({ settings, profile, model, suffix: 'x', learned })
  const isTemplate = next !== 'probe' && next.mode === 'template'
  const template = isTemplate ? (next.template?.id ?? null) : null
  notice({ id: 'suffixUnsupported', host: base.host, because, template })
}

function requestFor(
  { prompt, suffix }: PromptAndSuffix,
  { mode, template }: SuffixStrategy,
  { connection, settings, capabilities, fields }: NegotiateOptions,
): CompletionRequest {
  const { profile, model, base } = connection
  const refused = new Set(capabilities.of(base.href, model).refused)
  const context: Context =
    mode === 'template' && template !== null
      ? { prompt: render(template, { prompt, suffix }), suffix: null, stops: template.stops }
      : { prompt, suffix: mode === 'field' ? suffix : null, stops: [] }
  return { ...toRequest(context, { ...settings, model }, profile, refused), ...fields }
}
