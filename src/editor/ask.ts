import type { Client } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import { CompletionError } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'
import { render } from '../infill/templates.ts'
import { judge, probeRequests } from '../servers/probe.ts'
import type { ServerProfile } from '../servers/profile.ts'
import { refusalOf } from '../servers/refusals.ts'
import { toRequest, type Context } from '../servers/request.ts'
import type { Lesson, Lessons } from '../settings/lessons.ts'
import type { Settings } from '../settings/settings.ts'
import { pieces, type Piece } from './pieces.ts'
import type { Surroundings } from './surroundings.ts'
import { chooseWay, type Way } from './way.ts'

/** An endpoint, what is known of it, and how it is talked to. */
export interface Connection {
  base: URL
  profile: ServerProfile
  /** The one of the settings, else the only one that the server has; empty when neither is known */
  model: string
  client: (dialect?: Dialect) => Client
}

export interface AskOptions {
  connection: Connection
  settings: Settings
  lessons: Lessons
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
  options: AskOptions,
): Promise<{ request: CompletionRequest; way: Way }> {
  const way = await findWay(window.suffix, options)
  return { request: requestFor(window, way, options), way }
}

/** A server has so many things to refuse, one at a time, before it is no use to go on. */
const MAX_REFUSALS = 8

/**
 * Asks for a completion in the best way that the server and the model take, and goes to the next
 * best when this one is refused before there was any text.
 */
export async function* ask(
  window: { prompt: string; suffix: string },
  options: AskOptions,
): AsyncGenerator<Piece, void, undefined> {
  for (let refusals = 0; ; refusals++) {
    const { request, way } = await prepare(window, options)
    let began = false
    try {
      for await (const piece of pieces(request, way, options)) {
        began ||= piece.text !== ''
        yield piece
      }
      return
    } catch (error) {
      if (began || refusals === MAX_REFUSALS || !(error instanceof CompletionError)) throw error
      const lesson = lessonOf(error, request, way)
      if (lesson === null) throw error
      await learn(lesson, options)
    }
  }
}

async function findWay(suffix: string, options: AskOptions): Promise<Way> {
  const { connection, settings, lessons } = options
  const { profile, model, base } = connection
  const choose = (): Way | 'ask' =>
    chooseWay({ settings, profile, model, suffix, lesson: lessons.of(base.href, model) })
  const way = choose()
  if (way !== 'ask') return way
  await learn({ suffix: await probe(options) }, options)
  const found = choose()
  // A probe always teaches something, so there is nothing left to ask.
  if (found === 'ask') throw new CompletionError('internal', 'The probe taught nothing.')
  return found
}

/** Whether a suffix in its own field changes the answer, and is not repeated in it. */
async function probe({ connection, signal }: AskOptions): Promise<Required<Lesson>['suffix']> {
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

function lessonOf(error: CompletionError, request: CompletionRequest, way: Way): Lesson | null {
  const refusal = refusalOf(error, request)
  if (refusal === null) return null
  if ('field' in refusal) return { refused: [refusal.field] }
  return way.way === 'field' ? { suffix: 'refused' } : null
}

async function learn(
  lesson: Lesson,
  { connection, settings, lessons, notice }: AskOptions,
): Promise<void> {
  const { base, model, profile } = connection
  const known = lessons.of(base.href, model)
  await lessons.add(base.href, model, lesson)
  // Another request of the same run may have learned it a moment before.
  const isNew = (field: string): boolean => !(known.refused ?? []).includes(field)
  for (const field of (lesson.refused ?? []).filter(isNew))
    notice(`${base.host} does not take “${field}”; it is left out.`)
  if (lesson.suffix === undefined || lesson.suffix === 'honoured') return
  if (lesson.suffix === known.suffix) return
  const next = chooseWay({ settings, profile, model, suffix: 'x', lesson })
  const instead =
    next !== 'ask' && next.way === 'template'
      ? `the model’s own fill-in-the-middle tokens (${next.template?.id}) are used instead`
      : 'only the text before the caret is sent'
  notice(`${base.host} ${WORDS[lesson.suffix]} the text after the caret; ${instead}.`)
}

const WORDS = { ignored: 'ignores', echoed: 'repeats', refused: 'does not take' } as const

function requestFor(
  { prompt, suffix }: { prompt: string; suffix: string },
  { way, template }: Way,
  { connection, settings, lessons, fields }: AskOptions,
): CompletionRequest {
  const { profile, model, base } = connection
  const refused = new Set(lessons.of(base.href, model).refused)
  const context: Context =
    way === 'template' && template !== null
      ? { prompt: render(template, { prompt, suffix }), suffix: null, stops: template.stops }
      : { prompt, suffix: way === 'field' ? suffix : null, stops: [] }
  return { ...toRequest(context, { ...settings, model }, profile, refused), ...fields }
}
