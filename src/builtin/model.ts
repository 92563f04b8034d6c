import { baseOf, predict, type Base, type Distribution, type Reading } from './distribution.ts'
import { Steering, type Gap } from './gap.ts'
import { History } from './history.ts'
import { draw, type Random, type Sampling } from './sample.ts'
import { indentUnit, isWord, tokensOf } from './tokens.ts'
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
  readonly gap: Gap
  readonly #vocabulary: Vocabulary
  readonly #own = new History()
  readonly #caches: readonly History[]
  readonly #base: Base

  constructor(
    { vocabulary, caches }: Knowledge,
    asked: string | readonly number[],
    suffix: string,
  ) {
    const prompt = typeof asked === 'string' ? asked : vocabulary.decode(asked)
    const unit = indentUnit(prompt) ?? indentUnit(suffix)
    const promptIds = typeof asked === 'string' ? vocabulary.encode(prompt, unit) : asked
    const suffixIds = vocabulary.encode(suffix, unit)
    this.#vocabulary = vocabulary
    // The suffix comes first: so the prompt is nearer, and its end the context.
    for (const id of [endOfText, ...suffixIds, endOfText, ...promptIds]) this.#own.push(id)
    this.#caches = [...caches, this.#own]
    this.#base = baseOf(this.#caches, vocabulary.size)
    // A prompt of ids is taken as it is; in a text, the last word or line may have just begun.
    const last = tokensOf(prompt).at(-1) ?? ''
    const mayGoOn = typeof asked === 'string' && (promptIds.at(-1) ?? 0) > endOfText
    const fragment = mayGoOn && (last.startsWith('\n') || isWord(last)) ? last : ''
    const next = tokensOf(suffix.slice(0, 80))[0] ?? ''
    const rest = isWord(fragment) && isWord(next) ? next : ''
    const unitHere = unit ?? this.#unitNearby()
    this.gap = { prompt, promptIds, suffix, suffixIds, fragment, rest, unit: unitHere }
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
    const { promptIds: ids } = this.gap
    this.#own.truncate(this.#own.length - ids.length)
    const writer = new Writer(this.#vocabulary)
    for (const [at, id] of ids.entries()) {
      const name = nameOf(writer)
      const next = this.#next()
      const scores = score(next, id, top, name)
      const isLast = at === ids.length - 1
      const text = writer.write(id) + (isLast ? writer.end() : '')
      yield { token: name(id), text, ...(at === 0 ? { logprob: null, top: null } : scores) }
      this.#own.push(id)
    }
  }

  /** Writes a completion token by token, up to where it should end. */
  *write(sampling: Sampling, random: Random, top: number): Generator<Scored, void> {
    const { gap } = this
    const steering = new Steering(this.#vocabulary, gap, this.#caches)
    const written = new Map<number, number>()
    const { length } = this.#own
    let { fragment, rest } = gap
    if (fragment !== '') this.#own.truncate(length - 1)
    try {
      for (;;) {
        const next = this.#next(steering.read)
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
      if (gap.fragment !== '') this.#own.push(gap.promptIds.at(-1) ?? endOfText)
    }
  }

  #next(read?: Reading): Distribution {
    return predict(this.#own.tokens, this.#own.length, this.#caches, this.#base, read)
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
