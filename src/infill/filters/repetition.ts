import { characterStart, letters } from '../character.ts'
import type { Filter } from './filter.ts'
import { segmentBuffer } from './segment.ts'

/** The longest unit that is looked for: about eight lines, in UTF-16 units */
const LONGEST = 640
/** The shortest one. Good text may repeat shorter units, such as `0, ` and `null, `, many times. */
const SHORTEST = 8
/** A unit with this many different words is never repeated this many times in a row by chance. */
const TIMES = 6
const WORDS = 2
/** … and this many letters */
const LETTERS = 6
/** Tables of zeros, rules and padding end before so many repeated UTF-16 units. */
const ANYTHING = 4000
/** Number of hash buckets: a power of two */
const BUCKETS = 4096
/** 31 to the power of `SHORTEST`: the weight of the unit that leaves the hash */
const HIGHEST = Array.from({ length: SHORTEST }).reduce<number>((power) => Math.imul(power, 31), 1)
/** Size of the ring of past characters: a power of two, and more than `LONGEST` */
const RING = 1024

/**
 * Ends a text that repeats itself: the same line, the same few lines or the same words of one line, six
 * times in a row. Text is held back from the third time on, so two of them stay.
 *
 * ```
 *   a();\n  log(x);\n  log(x);\n | log(x);\n  log(x);\n  log(x);\n  log(x);\n
 *           1st         2nd     cut                                   6th: done
 * ```
 *
 * For each distance up to `LONGEST` it counts how many characters in a row are the same as the one at
 * that distance before them. Only the distances at which the same eight characters occur are visited.
 */
export function repetition(): Filter {
  const held = segmentBuffer()
  const runs = runLengths()
  /** In UTF-16 units from the start of the text: what has been read, passed on, and may be passed on */
  let read = 0
  let passed = 0
  let safe = 0
  let phase: 'reading' | 'done' = 'reading'

  return {
    push(segments) {
      if (phase === 'done') return []
      held.append(segments)
      const { text } = held
      for (let at = read - passed; at < text.length && phase === 'reading'; at++) {
        const repeated = runs.add(text.charCodeAt(at))
        read++
        safe = Math.max(safe, read - repeated)
        if (runs.isEndless) phase = 'done'
      }
      const known = text.slice(0, read - passed)
      const end = safe === read ? known.length : characterStart(known, safe - passed)
      if (phase === 'reading') {
        passed += end
        return held.take(end)
      }
      // The unit may begin within a line: the rest of that line belongs to the second time.
      const lineEnd = known.indexOf('\n', end)
      const out = held.take(lineEnd === -1 ? end : lineEnd)
      held.clear()
      return out
    },
    flush: () => held.take(held.text.length),
    get done() {
      return phase === 'done'
    },
  }
}

/** The number of different words of at least two letters: `0xFFFFFFFF, ` and `<td></td>` have one. */
function wordsOf(unit: string): number {
  // The unit may begin and end within a word, so the words of the second of three are counted.
  const words = [...unit.repeat(3).matchAll(/\p{L}[\p{L}\p{N}_]+/gu)]
  const { length } = unit
  const own = words.filter(({ index }) => index >= length && index < 2 * length)
  return new Set(own.map(([word]) => word)).size
}

interface RunLengths {
  /** Adds a UTF-16 unit and returns how many units at the end are more than two times of a unit. */
  add(code: number): number
  readonly isEndless: boolean
}

function runLengths(): RunLengths {
  /** By distance: for how many units the text is the same as at that distance before, and up to where */
  const lengths = new Uint32Array(LONGEST + 1)
  const ends = new Int32Array(LONGEST + 1).fill(-1)
  const past = new Uint16Array(RING)
  /** Positions by the hash of the `SHORTEST` units that end there: the last one, and each one before it */
  const latest = new Int32Array(BUCKETS).fill(-RING)
  const previous = new Int32Array(RING)
  let hash = 0
  /** Distances at which the last unit of the text completes a run of at least that distance */
  const complete: number[] = []
  let count = 0
  let isEndless = false

  function lengthOf(distance: number): number {
    return ends[distance] === count ? (lengths[distance] ?? 0) : 0
  }

  function unitAt(position: number): number {
    return past[position & (RING - 1)] ?? 0
  }

  /** Whether the `SHORTEST` units that end at two positions are the same */
  function isSame(a: number, b: number): boolean {
    for (let back = 0; back < SHORTEST; back++) {
      if (unitAt(a - back) !== unitAt(b - back)) return false
    }
    return true
  }

  function extend(distance: number, at: number, run: number): void {
    lengths[distance] = run
    ends[distance] = at + 1
    if (run >= ANYTHING) isEndless = true
  }

  /** Distances below `SHORTEST` are compared one by one: no unit is that short, but it may consist of such. */
  function compareNear(at: number, code: number): void {
    for (let distance = 1; distance < SHORTEST && distance <= at; distance++) {
      if (unitAt(at - distance) !== code) continue
      extend(distance, at, ends[distance] === at ? (lengths[distance] ?? 0) + 1 : 1)
    }
  }

  /** Longer distances are those at which the last `SHORTEST` units occur. */
  function compareFar(at: number, code: number): void {
    const bucket = (hash ^ (hash >>> 15)) & (BUCKETS - 1)
    const before = latest[bucket] ?? -RING
    previous[at & (RING - 1)] = before
    latest[bucket] = at
    for (let same = before; at - same <= LONGEST; same = previous[same & (RING - 1)] ?? -RING) {
      const distance = at - same
      if (distance < SHORTEST || unitAt(same) !== code) continue
      const isLonger = ends[distance] === at
      if (!isLonger && !isSame(at, same)) continue
      const run = isLonger ? (lengths[distance] ?? 0) + 1 : SHORTEST
      extend(distance, at, run)
      if (run >= distance) complete.push(distance)
    }
  }

  function lastUnits(length: number): string {
    let text = ''
    for (let at = count - length; at < count; at++) {
      text += String.fromCharCode(unitAt(at))
    }
    return text
  }

  /** Whether a distance is the length of one unit, and not of several smaller ones or of mere numbers */
  function isUnit(length: number): boolean {
    if (length < SHORTEST) return false
    for (let less = 1; less < length; less++) if (lengthOf(less) >= length) return false
    const unit = lastUnits(length)
    return letters(unit) >= LETTERS && wordsOf(unit) >= WORDS
  }

  return {
    add(code) {
      const at = count++
      past[at & (RING - 1)] = code
      hash = (Math.imul(hash, 31) + code - Math.imul(unitAt(at - SHORTEST), HIGHEST)) | 0
      complete.length = 0
      compareNear(at, code)
      if (at >= SHORTEST - 1) compareFar(at, code)
      let repeated = 0
      for (const distance of complete) {
        const run = lengthOf(distance)
        if (run - distance < repeated || !isUnit(distance)) continue
        // One more than the third time: the line break that ends the second one is not needed.
        repeated = run - distance + 1
        // A run of that length has seen the first unit before it.
        if (run >= distance * (TIMES - 1)) isEndless = true
      }
      return repeated
    },
    get isEndless() {
      return isEndless
    },
  }
}
