import type { Random } from '../../support/random.ts'

/**
 * A random string that a regular expression matches. It supports what the rules of tokens use:
 * classes, groups with alternatives, and bounded repetition, of which the minimum is generated.
 * Lookaheads are skipped.
 */
export function randomMatch(source: string, random: Random): string {
  let at = 0

  function alternatives(): string {
    const found = [sequence()]
    while (source[at] === '|') {
      at++
      found.push(sequence())
    }
    return random.pick(found)
  }

  function sequence(): string {
    let text = ''
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const start = at
      let part = atom()
      const end = at
      for (let count = minimum(); count > 1; count--) {
        const after = at
        at = start
        part += atom()
        at = after
      }
      if (source.slice(end, at).startsWith('?')) part = ''
      text += part
    }
    return text
  }

  function atom(): string {
    const rest = source.slice(at)
    const group = /^\((\?:|\?!)?/.exec(rest)
    if (group) {
      at += group[0].length
      const inner = alternatives()
      at++
      return group[1] === '?!' ? '' : inner
    }
    const [whole = ''] = /^(\[(\\.|[^\]])*\]|\\.|[^])/.exec(rest) ?? []
    at += whole.length
    const pattern = new RegExp(whole.length === 1 && whole !== '.' ? `[${whole}]` : whole)
    return random.pick(CHARACTERS.filter((character) => pattern.test(character)))
  }

  /** Reads a quantifier and returns the number of repetitions. */
  function minimum(): number {
    const [whole = '', count] = /^(?:\{(\d+)(?:,\d+)?\}|\?)/.exec(source.slice(at)) ?? []
    at += whole.length
    return count === undefined ? 1 : Number(count)
  }

  return alternatives()
}

/** The printable characters of ASCII */
const CHARACTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
