import { History } from './history.ts'
import { frequencies, predict } from './predict.ts'
import { draw, likeliest, scratchFor, type Random, type Sampling } from './sample.ts'
import { steering, type Gap } from './steering.ts'
import { indentationAt, indentUnit, isWord, tokensOf } from './tokens.ts'
import { decode, END_OF_TEXT, TokenDecoder, type Vocabulary } from './vocabulary.ts'

/** Probability that a completion ends at once, where no context is known */
const EMPTY_PROBABILITY = 0.3

/** A token of a completion or of the prompt, with its probabilities */
export interface ScoredToken {
  /** Its name in logprobs: its text, or `bytes:\x…` for a byte of a character */
  readonly token: string
  /** The characters that are complete with it */
  readonly text: string
  /** Null for the first token of a prompt, which has no context */
  readonly logprob: number | null
  /** Log probabilities of the likeliest tokens at its position, by name */
  readonly top: Readonly<Record<string, number>> | null
}

/** What the model has read: the vocabulary, and the caches from the farthest to the nearest */
export interface Knowledge {
  readonly vocabulary: Vocabulary
  readonly caches: readonly History[]
}

/** A prompt with its suffix, prepared for any number of completions */
export interface Task extends Knowledge, Gap {
  /** One level of indentation */
  readonly unit: string
  /** The unfinished word or line break before the cursor. The first token of a completion includes it. */
  readonly partial: string
  /** The token ids before that */
  readonly context: readonly number[]
  /** `caches`, and the document itself as the nearest one */
  readonly allCaches: readonly History[]
  /** Probability of each token of a completion without any context */
  readonly base: Float64Array
}

export function taskOf(
  { vocabulary, caches }: Knowledge,
  input: string | readonly number[],
  suffix: string,
): Task {
  const isText = typeof input === 'string'
  const unit = (isText ? indentUnit(input) : undefined) ?? indentUnit(suffix) ?? vocabulary.unit
  const prompt = isText ? input : decode(vocabulary, input, unit)
  const promptIds = isText ? vocabulary.encode(input, unit) : input
  const suffixIds = vocabulary.encode(suffix, unit)
  // The last token of a prompt of ids is always complete.
  const mayBePartial = isText && (promptIds.at(-1) ?? 0) > END_OF_TEXT
  const last = mayBePartial ? (tokensOf(prompt).at(-1) ?? '') : ''
  const partial = last.startsWith('\n') || isWord(last) ? last : ''
  const context = [END_OF_TEXT, ...(partial === '' ? promptIds : promptIds.slice(0, -1))]
  const allCaches = [...caches, documentCache(suffixIds, context)]
  // Without a known context, the completion rather ends than guesses.
  const base = frequencies(allCaches, vocabulary.size)
  for (let id = 0; id < base.length; id++) base[id] = (base[id] ?? 0) * (1 - EMPTY_PROBABILITY)
  base[END_OF_TEXT] = (base[END_OF_TEXT] ?? 0) + EMPTY_PROBABILITY
  const gap = { prompt, promptIds, suffix, suffixIds }
  return { vocabulary, caches, ...gap, unit, partial, context, allCaches, base }
}

/** The cache of the document itself. The suffix comes first, so that the prompt is nearer. */
function documentCache(suffixIds: readonly number[], context: readonly number[]): History {
  const cache = new History()
  cache.pushAll([END_OF_TEXT, ...suffixIds, ...context])
  return cache
}

/**
 * The tokens of the prompt, each with its probability after the ones before it.
 * @param top number of likeliest tokens to report for each
 */
export function* scorePrompt(task: Task, top: number): Generator<ScoredToken, void> {
  const { vocabulary, promptIds, suffixIds, unit } = task
  const document = documentCache(suffixIds, [END_OF_TEXT])
  const caches = [...task.caches, document]
  const base = frequencies(caches, vocabulary.size)
  const decoder = new TokenDecoder(vocabulary, unit)
  const context = [END_OF_TEXT]
  for (const [at, id] of promptIds.entries()) {
    const p = predict(context, caches, base)
    const scored = scoreOf(p, id, top, (each) => nameOf(decoder, each))
    const text = decoder.push(id) + (at === promptIds.length - 1 ? decoder.end() : '')
    yield { ...scored, text, ...(at === 0 && { logprob: null, top: null }) }
    document.push(id)
    context.push(id)
  }
}

/**
 * Generates a completion token by token, up to its natural end, or to the first token that is less likely than
 * `confidence`. White space before such a token is not part of the completion.
 * @param top number of likeliest tokens to report for each
 * @param confidence 0…1; 0: the model says what is likeliest, however unlikely that is
 */
export function* confidentTokens(
  task: Task,
  sampling: Sampling,
  random: Random,
  top: number,
  confidence: number,
): Generator<ScoredToken, void> {
  // The first token may be twice as doubtful: what goes wrong goes wrong after it, where a completion that
  // began as another place departs from it. (Measured: `npm run bench -- model`.)
  let least = Math.log(Math.max(0, 1 - 2 * (1 - confidence)))
  let held: ScoredToken[] = []
  for (const token of generateTokens(task, sampling, random, top)) {
    if ((token.logprob ?? 0) < least) return
    least = Math.log(confidence)
    held.push(token)
    if (confidence > 0 && token.text.trim() === '') continue
    yield* held
    held = []
  }
  yield* held
}

/**
 * Generates a completion token by token, up to its natural end. There is no limit on its length.
 * @param top number of likeliest tokens to report for each
 */
export function* generateTokens(
  task: Task,
  sampling: Sampling,
  random: Random,
  top: number,
): Generator<ScoredToken, void> {
  const { vocabulary, prompt, suffix, unit, partial, allCaches, base } = task
  // Within a word, the first token has to begin and end as the word does.
  const next = tokensOf(suffix.slice(0, 80))[0] ?? ''
  const rest = isWord(partial) && isWord(next) ? next : ''
  const minLength = partial.length + rest.length + (rest === '' ? 0 : 1)
  const fits = (text: string): boolean =>
    text.length >= minLength && text.startsWith(partial) && text.endsWith(rest)
  const before = prompt.slice(0, prompt.length - partial.length)
  const decoder = new TokenDecoder(vocabulary, unit, indentationAt(before))
  const steer = steering(vocabulary, task, decoder)
  const context = [...task.context]
  const written: number[] = []
  const space = new Float64Array(base.length)
  const scratch = scratchFor(base.length)
  for (;;) {
    const p = predict(context, allCaches, base, steer(written), space)
    const isPartial = written.length === 0 && partial !== ''
    if (isPartial && !restrict(p, (id) => id > END_OF_TEXT && fits(decoder.text(id)))) return
    const id = draw(p, sampling, written, random, scratch)
    if (id === END_OF_TEXT) return
    const missing = (text: string): string =>
      isPartial ? text.slice(partial.length, text.length - rest.length) : text
    const scored = scoreOf(p, id, top, (each) => missing(nameOf(decoder, each)))
    yield { ...scored, text: missing(decoder.push(id)) }
    // Within a word, only the rest of the word is certain to fit.
    if (rest !== '') return
    written.push(id)
    context.push(id)
  }
}

/** Limits the probabilities to some tokens, and scales them to a sum of 1. @returns false if it was 0 */
function restrict(p: Float64Array, isKept: (id: number) => boolean): boolean {
  let sum = 0
  for (let id = 0; id < p.length; id++) {
    if ((p[id] ?? 0) > 0 && !isKept(id)) p[id] = 0
    sum += p[id] ?? 0
  }
  for (let id = 0; id < p.length; id++) p[id] = (p[id] ?? 0) / sum
  return sum > 0
}

/** The name in logprobs of a token that could be next */
function nameOf(decoder: TokenDecoder, id: number): string {
  return id < END_OF_TEXT ? `bytes:\\x${id.toString(16).padStart(2, '0')}` : decoder.text(id)
}

/** The log probability of a token and of the likeliest ones, before sampling parameters apply */
function scoreOf(
  p: Float64Array,
  id: number,
  top: number,
  name: (id: number) => string,
): Omit<ScoredToken, 'text'> {
  const scored = (each: number): [string, number] => [name(each), Math.log(p[each] ?? 0)]
  const [token, logprob] = scored(id)
  // Two tokens can have the same text. Reversed, the likelier one overwrites the other.
  return { token, logprob, top: Object.fromEntries(likeliest(p, top).toReversed().map(scored)) }
}
