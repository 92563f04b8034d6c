import type { Connection } from './connection.ts'
import { CompletionError } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'
import { render } from '../infill/templates.ts'
import { judge, probeRequests } from '../servers/probe.ts'
import { refusalOf } from '../servers/refusals.ts'
import { toRequest, type Context } from '../servers/request.ts'
import type { ServerCapabilities, CapabilityStore } from './serverCapabilities.ts'
import type { Settings } from '../settings/settings.ts'
import { choicePieces, type Piece } from './choices.ts'
import type { Surroundings } from '../infill/surroundings.ts'
import { chooseSuffixStrategy, type SuffixStrategy } from './suffixStrategy.ts'

export interface GenerateOptions {
  connection: Connection
  settings: Settings
  capabilities: CapabilityStore
  signal: AbortSignal
  onRetry?: (retry: { delay: number }) => void
  /** Fields that are not as the settings have them */
  fields?: Partial<CompletionRequest>
  /** Where the text goes; without it, the text is as the model has written it. */
  surroundings?: Surroundings | undefined
  /** Whether the text is over at the end of its line */
  oneLine?: boolean | undefined
  /** Tells the user of what was learned about the server; each thing is learned once. */
  notice: (message: string) => void
}

/** The request that goes out first for a context, and the way that it takes. */
export async function prepare(
  window: { prompt: string; suffix: string },
  options: GenerateOptions,
): Promise<{ request: CompletionRequest; strategy: SuffixStrategy }> {
  const strategy = await findStrategy(window.suffix, options)
  return { request: requestFor(window, strategy, options), strategy }
}

/** A server has so many things to refuse, one at a time, before it is no use to go on. */
const MAX_REFUSALS = 8

/**
 * Asks for a completion in the best way that the server and the model take, and goes to the next
 * best when this one is refused before there was any text.
 */
export async function* ask(
  window: { prompt: string; suffix: string },
  options: GenerateOptions,
): AsyncGenerator<Piece, void, undefined> {
  for (let refusals = 0; ; refusals++) {
    const { request, strategy } = await prepare(window, options)
    let began = false
    try {
      for await (const piece of choicePieces(request, strategy, options)) {
        began ||= piece.text !== ''
        yield piece
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

async function findStrategy(suffix: string, options: GenerateOptions): Promise<SuffixStrategy> {
  const { connection, settings, capabilities } = options
  const { profile, model, base } = connection
  const choose = (): SuffixStrategy | 'ask' =>
    chooseSuffixStrategy({
      settings,
      profile,
      model,
      suffix,
      learned: capabilities.of(base.href, model),
    })
  const strategy = choose()
  if (strategy !== 'ask') return strategy
  await learn({ suffix: await probe(options) }, options)
  const found = choose()
  // A probe always teaches something, so there is nothing left to ask.
  if (found === 'ask') throw new CompletionError('internal', 'The probe taught nothing.')
  return found
}

/** Whether a suffix in its own field changes the answer, and is not repeated in it. */
async function probe({
  connection,
  signal,
}: GenerateOptions): Promise<Required<ServerCapabilities>['suffix']> {
  const client = connection.client(connection.profile.dialects?.field)
  const requests = probeRequests(connection.model)
  try {
    const without = await client.create(requests.without, { signal })
    const verdict = judge(without, await client.create(requests.with, { signal }))
    // No figures to judge by: the API says that there is a suffix, so it is believed.
    return verdict === 'unknown' ? 'honoured' : verdict
  } catch (error) {
    const refused = error instanceof CompletionError && refusalOf(error, requests.with)
    if (refused !== null && refused !== false && 'suffix' in refused) return 'refused'
    throw error
  }
}

function capabilityFrom(
  error: CompletionError,
  request: CompletionRequest,
  strategy: SuffixStrategy,
): ServerCapabilities | null {
  const refusal = refusalOf(error, request)
  if (refusal === null) return null
  if ('field' in refusal) return { refused: [refusal.field] }
  return strategy.mode === 'field' ? { suffix: 'refused' } : null
}

async function learn(
  learned: ServerCapabilities,
  { connection, settings, capabilities, notice }: GenerateOptions,
): Promise<void> {
  const { base, model, profile } = connection
  const known = capabilities.of(base.href, model)
  await capabilities.add(base.href, model, learned)
  // Another request of the same run may have learned it a moment before.
  const isNew = (field: string): boolean => !(known.refused ?? []).includes(field)
  for (const field of (learned.refused ?? []).filter(isNew))
    notice(`${base.host} does not take “${field}”; it is left out.`)
  if (learned.suffix === undefined || learned.suffix === 'honoured') return
  if (learned.suffix === known.suffix) return
  const next = chooseSuffixStrategy({ settings, profile, model, suffix: 'x', learned })
  const instead =
    next !== 'ask' && next.mode === 'template'
      ? `the model’s own fill-in-the-middle tokens (${next.template?.id}) are used instead`
      : 'only the text before the caret is sent'
  notice(`${base.host} ${WORDS[learned.suffix]} the text after the caret; ${instead}.`)
}

const WORDS = { ignored: 'ignores', echoed: 'repeats', refused: 'does not take' } as const

function requestFor(
  { prompt, suffix }: { prompt: string; suffix: string },
  { mode, template }: SuffixStrategy,
  { connection, settings, capabilities, fields }: GenerateOptions,
): CompletionRequest {
  const { profile, model, base } = connection
  const refused = new Set(capabilities.of(base.href, model).refused)
  const context: Context =
    mode === 'template' && template !== null
      ? { prompt: render(template, { prompt, suffix }), suffix: null, stops: template.stops }
      : { prompt, suffix: mode === 'field' ? suffix : null, stops: [] }
  return { ...toRequest(context, { ...settings, model }, profile, refused), ...fields }
}
