import { baseOf, predict, type Base, type Distribution } from './distribution.ts'
import { gapBetween, Steering } from './gap.ts'
import { History } from './history.ts'
import { draw, type Random, type Sampling } from './sample.ts'
import { indentUnit } from './tokens.ts'
import { endOfText, Writer, type Vocabulary } from './vocabulary.ts'

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
export class Task {
  readonly ids: readonly number[]
  readonly suffixIds: readonly number[]
  readonly prompt: string
  readonly #suffix: string
  /** A prompt of ids is taken as it is; in a text the last token may be unfinished. */
  readonly #isText: boolean
  readonly #vocabulary: Vocabulary
  readonly #own = new History()
  readonly #caches: readonly History[]
  readonly #base: Base
  readonly #unit: string | undefined

  constructor(
    { vocabulary, caches }: Knowledge,
    prompt: string | readonly number[],
    suffix: string,
  ) {
    this.#vocabulary = vocabulary
    this.#suffix = suffix
    this.#isText = typeof prompt === 'string'
    this.prompt = typeof prompt === 'string' ? prompt : vocabulary.decode(prompt)
    const unit = indentUnit(this.prompt) ?? indentUnit(suffix)
    this.ids = typeof prompt === 'string' ? vocabulary.encode(prompt, unit) : prompt
    this.suffixIds = vocabulary.encode(suffix, unit)
    // The suffix comes first: so the prompt is nearer, and its end the context.
    for (const id of [endOfText, ...this.suffixIds, endOfText, ...this.ids]) this.#own.push(id)
    this.#caches = [...caches, this.#own]
    this.#base = baseOf(this.#caches, vocabulary.size)
    this.#unit = unit ?? this.#unitNearby()
  }

  /** The level of indentation in the text that is most like the end of the prompt. */
  #unitNearby(): string | undefined {
    let longest = 0
    let unit: string | undefined
    for (const cache of this.#caches.slice(0, -1)) {
      const { tokens } = cache
      // The last token may be unfinished.
      cache.places(this.#own.tokens, this.#own.length - 1, 0, (position, length) => {
        if (length <= longest) return
        longest = length
        unit = this.#vocabulary.unit(tokens[tokens.lastIndexOf(endOfText, position) + 1] ?? 0)
      })
    }
    return unit
  }

  /** The tokens of the prompt, each as likely as it is after those before it. */
  *read(top: number): Generator<Scored, void> {
    this.#own.truncate(this.#own.length - this.ids.length)
    const writer = new Writer(this.#vocabulary)
    for (const [at, id] of this.ids.entries()) {
      const name = nameOf(writer)
      const next = predict(this.#own.tokens, this.#own.length, this.#caches, this.#base)
      const scores = score(next, id, top, name)
      const isLast = at === this.ids.length - 1
      const text = writer.write(id) + (isLast ? writer.end() : '')
      yield { token: name(id), text, ...(at === 0 ? { logprob: null, top: null } : scores) }
      this.#own.push(id)
    }
  }

  /** Writes a completion token by token, up to where it should end. */
  *write(sampling: Sampling, random: Random, top: number): Generator<Scored, void> {
    const gap = gapBetween(this.prompt, this.#suffix, this.#unit, this.#isText)
    const steering = new Steering(this.#vocabulary, gap, this.#caches)
    const written = new Map<number, number>()
    const { length } = this.#own
    let { fragment, rest } = gap
    if (fragment !== '') this.#own.truncate(length - 1)
    try {
      for (;;) {
        const next = predict(
          this.#own.tokens,
          this.#own.length,
          this.#caches,
          this.#base,
          steering.read,
        )
        const name = nameOf(steering.writer)
        const allowed = fragment === '' ? undefined : this.#fitting(name, fragment, rest)
        if (allowed?.length === 0) return
        const id = draw(next, sampling, written, random, allowed)
        if (id === endOfText) return
        const inside = (text: string): string =>
          text.slice(fragment.length, text.length - rest.length)
        const scores = score(next, id, top, (each) => inside(name(each)), allowed)
        const token = inside(name(id))
        yield { token, text: inside(steering.write(id)), ...scores }
        // In the middle of a word, the rest of it is all that is sure to fit.
        if (rest !== '') return
        fragment = ''
        written.set(id, (written.get(id) ?? 0) + 1)
        this.#own.push(id)
      }
    } finally {
      this.#own.truncate(gap.fragment === '' ? length : length - 1)
      if (gap.fragment !== '') this.#own.push(this.ids.at(-1) ?? endOfText)
    }
  }

  /** The tokens that can stand where a word or a line has begun, and the rest of a word may follow. */
  #fitting(name: (id: number) => string, fragment: string, rest: string): number[] {
    const least = fragment.length + rest.length + (rest === '' ? 0 : 1)
    const ids: number[] = []
    for (let id = endOfText + 1; id < this.#base.p.length; id++) {
      const text = name(id)
      if (text.length >= least && text.startsWith(fragment) && text.endsWith(rest)) ids.push(id)
    }
    return ids
  }
}

/** What the tokens are called that may be next. */
function nameOf(writer: Writer): (id: number) => string {
  return (id) => (id < endOfText ? `bytes:\\x${id.toString(16).padStart(2, '0')}` : writer.text(id))
}

/** How likely a token was, and the likeliest ones, by the model's own probabilities. */
function score(
  next: Distribution,
  id: number,
  top: number,
  name: (id: number) => string,
  allowed?: readonly number[],
): Pick<Scored, 'logprob' | 'top'> {
  const all = allowed?.reduce((sum, each) => sum + next.p(each), 0) ?? 1
  const ids = top === 0 ? [] : [...(allowed ?? next.ids())]
  const likeliest = ids.toSorted((a, b) => next.p(b) - next.p(a)).slice(0, top)
  const logprob = (each: number): number => Math.log(next.p(each) / all)
  return {
    logprob: logprob(id),
    // Two tokens of one text are possible; the likelier one counts.
    top: Object.fromEntries(likeliest.toReversed().map((each) => [name(each), logprob(each)])),
  }
}
