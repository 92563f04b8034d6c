import { History } from './history.ts'
import { frequencies, predict } from './predict.ts'
import { draw, likeliest, type Random, type Sampling } from './sample.ts'
import { steering, type Gap } from './steering.ts'
import { indentationAt, indentUnit, isWord, tokensOf } from './tokens.ts'
import { decode, endOfText, Writer, type Vocabulary } from './vocabulary.ts'

/** How likely it is that a completion has nothing to say, by what it knows without any context. */
const silence = 0.3

/** A token that was written, or read in the prompt. */
export interface Scored {
  /** Its name in logprobs: its text, or `bytes:\x…` for a part of a character. */
  readonly token: string
  /** The characters that are whole with it. */
  readonly text: string
  /** Null for the first token of a prompt: there is nothing before it. */
  readonly logprob: number | null
  /** The likeliest tokens at its place. */
  readonly top: Readonly<Record<string, number>> | null
}

/** What the model has learned from: the vocabulary and the caches, from the farthest to the nearest. */
export interface Knowledge {
  readonly vocabulary: Vocabulary
  readonly caches: readonly History[]
}

/** A prompt with its suffix, ready to be completed any number of times. */
export interface Task extends Knowledge, Gap {
  /** One level of indentation. */
  readonly unit: string
  /** The word or line that has just begun, which the first token of a completion takes up. */
  readonly begun: string
  /** The tokens before that. */
  readonly context: readonly number[]
  /** With them and the suffix as the nearest cache. */
  readonly nearby: readonly History[]
  /** How likely each token of a completion is without any context. */
  readonly base: Float64Array
}

export function taskOf(
  { vocabulary, caches }: Knowledge,
  asked: string | readonly number[],
  suffix: string,
): Task {
  const isText = typeof asked === 'string'
  const unit = (isText ? indentUnit(asked) : undefined) ?? indentUnit(suffix) ?? vocabulary.unit
  const prompt = isText ? asked : decode(vocabulary, asked, unit)
  const promptIds = isText ? vocabulary.encode(asked, unit) : asked
  const suffixIds = vocabulary.encode(suffix, unit)
  // A prompt of ids is taken as it is.
  const mayGoOn = isText && (promptIds.at(-1) ?? 0) > endOfText
  const last = mayGoOn ? (tokensOf(prompt).at(-1) ?? '') : ''
  const begun = last.startsWith('\n') || isWord(last) ? last : ''
  const context = [endOfText, ...(begun === '' ? promptIds : promptIds.slice(0, -1))]
  const nearby = [...caches, ownOf(suffixIds, context)]
  // Where nothing is known a completion is over, rather than guessed.
  const base = frequencies(nearby, vocabulary.size).map((p) => p * (1 - silence))
  base[endOfText] = (base[endOfText] ?? 0) + silence
  const gap = { prompt, promptIds, suffix, suffixIds }
  return { vocabulary, caches, ...gap, unit, begun, context, nearby, base }
}

/** The cache of the document itself. The suffix comes first: so the prompt is nearer. */
function ownOf(suffixIds: readonly number[], context: readonly number[]): History {
  const own = new History()
  for (const id of [endOfText, ...suffixIds, ...context]) own.push(id)
  return own
}

/** The tokens of the prompt, each as likely as it is after those before it. */
export function* read(task: Task, top: number): Generator<Scored, void> {
  const { vocabulary, promptIds, suffixIds, unit } = task
  const own = ownOf(suffixIds, [endOfText])
  const caches = [...task.caches, own]
  const base = frequencies(caches, vocabulary.size)
  const writer = new Writer(vocabulary, unit)
  const context = [endOfText]
  for (const [at, id] of promptIds.entries()) {
    const p = predict(context, caches, base)
    const scored = scoredOf(p, id, top, (each) => nameOf(writer, each))
    const text = writer.write(id) + (at === promptIds.length - 1 ? writer.end() : '')
    yield { ...scored, text, ...(at === 0 && { logprob: null, top: null }) }
    own.push(id)
    context.push(id)
  }
}

/** Writes a completion token by token, up to where it should end. */
export function* write(
  task: Task,
  sampling: Sampling,
  random: Random,
  top: number,
): Generator<Scored, void> {
  const { vocabulary, prompt, suffix, unit, begun, nearby, base } = task
  // The rest of a word that has begun has to follow it.
  const next = tokensOf(suffix.slice(0, 80))[0] ?? ''
  const rest = isWord(begun) && isWord(next) ? next : ''
  const least = begun.length + rest.length + (rest === '' ? 0 : 1)
  const fits = (text: string): boolean =>
    text.length >= least && text.startsWith(begun) && text.endsWith(rest)
  const before = prompt.slice(0, prompt.length - begun.length)
  const writer = new Writer(vocabulary, unit, indentationAt(before))
  const steer = steering(vocabulary, task, writer)
  const context = [...task.context]
  const written: number[] = []
  for (;;) {
    const p = predict(context, nearby, base, steer(written))
    const isFirst = written.length === 0 && begun !== ''
    if (isFirst && !keep(p, (id) => id > endOfText && fits(writer.text(id)))) return
    const id = draw(p, sampling, written, random)
    if (id === endOfText) return
    const inside = (text: string): string =>
      isFirst ? text.slice(begun.length, text.length - rest.length) : text
    const scored = scoredOf(p, id, top, (each) => inside(nameOf(writer, each)))
    yield { ...scored, text: inside(writer.write(id)) }
    // In the middle of a word, the rest of it is all that is sure to fit.
    if (rest !== '') return
    written.push(id)
    context.push(id)
  }
}

/** Leaves the probability to some of the tokens. @returns whether they had any */
function keep(p: Float64Array, isKept: (id: number) => boolean): boolean {
  for (const id of p.keys()) if (!isKept(id)) p[id] = 0
  const sum = p.reduce((all, each) => all + each, 0)
  for (const id of p.keys()) p[id] = (p[id] ?? 0) / sum
  return sum > 0
}

/** What a token is called that may be next. */
function nameOf(writer: Writer, id: number): string {
  return id < endOfText ? `bytes:\\x${id.toString(16).padStart(2, '0')}` : writer.text(id)
}

/** How likely a token was, and the likeliest ones, by the model's own probabilities. */
function scoredOf(
  p: Float64Array,
  id: number,
  top: number,
  name: (id: number) => string,
): Omit<Scored, 'text'> {
  const scored = (each: number): [string, number] => [name(each), Math.log(p[each] ?? 0)]
  const [token, logprob] = scored(id)
  // Two tokens of one text are possible; the likelier one counts.
  return { token, logprob, top: Object.fromEntries(likeliest(p, top).toReversed().map(scored)) }
}
