import assert from 'node:assert/strict'
import {
  restOf,
  takeBack,
  takeChange,
  withCursor,
  type Taken,
} from '../../../src/infill/typedAlong.ts'
import { random, type Random } from '../../support/random.ts'

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"' }

/** What an editor does that closes brackets and quotes, and is typed over them */
interface Typing {
  now: Taken
  /** What it has closed and may be typed over */
  closed: string
}

function press(key: string, { now, closed }: Typing, suggested: string): Typing | null {
  if (closed.startsWith(key)) {
    const next = takeChange(now, { text: key, replaced: 1 }, [suggested])
    return next && { now: next, closed: closed.slice(1) }
  }
  // VS Code takes a quote behind a word or a quote for the end of a string.
  const closing = key === '"' && /[\w"]$/.test(now.text) ? '' : (PAIRS[key] ?? '')
  const next = takeChange(now, { text: key + closing, replaced: 0 }, [suggested])
  const moved = next && withCursor(next, (text) => text === now.text + key)
  return moved && { now: moved, closed: closing + closed }
}

function backspace({ now, closed }: Typing): Typing | null {
  const key = now.text.at(-1) ?? ''
  const isPair = PAIRS[key] !== undefined && closed.startsWith(PAIRS[key])
  const next = takeBack(now, (text) => text === now.text.slice(0, -1), isPair ? 1 : 0)
  return next && { now: next, closed: closed.slice(isPair ? 1 : 0) }
}

/** Balanced brackets and words in quotes */
function balanced(chance: Random, depth = 0): string {
  const parts = Array.from({ length: 1 + chance.below(3) }, () => {
    if (depth === 4 || chance.below(3) === 0) return chance.pick(['a', 'b.c', ' + ', ', ', '1'])
    const open = chance.pick(['(', '[', '{', '"'])
    const inner = open === '"' ? chance.pick(['', 'x', 'y z']) : balanced(chance, depth + 1)
    return open + inner + PAIRS[open]
  })
  return parts.join('')
}

suite('random suggestions that are typed along', () => {
  test('3,000 end as they were suggested', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const chance = random(seed)
      const suggested = `f(${balanced(chance)})`
      let typing: Typing = { now: { text: '', closed: '' }, closed: '' }
      const keys = chance.below(suggested.length)
      while (typing.now.text.length < keys) {
        const at = typing.now.text.length
        const next =
          at > 0 && chance.below(6) === 0
            ? backspace(typing)
            : press(suggested.charAt(at), typing, suggested)
        assert.ok(
          next !== null,
          `seed ${seed}: ${typing.now.text}|${typing.closed} of ${suggested}`,
        )
        typing = next
        assert.equal(typing.now.closed, typing.closed)
        assert.ok(suggested.startsWith(typing.now.text))
      }
      const { text, closed } = typing.now
      const rest = restOf(typing.now, suggested)
      if (rest === null) assert.equal(text + closed, suggested)
      else assert.equal(text + rest.insert + closed.slice(rest.replaces.length), suggested)
    }
  })
})
