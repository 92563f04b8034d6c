import assert from 'node:assert/strict'
import { keptCharacters, visibleLength } from '../../../src/usage/kept.ts'
import { random } from '../../support/random.ts'
import { timeOf } from '../../support/duration.ts'

suite('kept characters', () => {
  const cases: [inserted: string, now: string, kept: number][] = [
    ['return total', 'return total', 11],
    ['return total', '', 0],
    ['return total', 'return sum', 6],
    // A formatter changes nothing.
    ['a=b;\nc=d', 'a = b;\n    c = d\n', 7],
    ['foo(a, b)', 'foo(b, a)', 6],
    ['x = 1', 'y = 2', 1],
    ['one two three', 'one 2 three', 8],
    ['größe = 1', 'größe = 2', 6],
  ]
  for (const [inserted, now, kept] of cases) {
    test(`${JSON.stringify(inserted)} → ${JSON.stringify(now)}: ${kept}`, () => {
      assert.equal(keptCharacters(inserted, now), kept)
    })
  }

  test('are never more than were inserted, nor more than are there', () => {
    const numbers = random(3)
    const words = ['a', 'bc', '(', ')', ' ', '\n', 'def']
    const some = (): string =>
      Array.from({ length: numbers.below(30) }, () => numbers.pick(words)).join('')
    for (let round = 0; round < 500; round++) {
      const [inserted, now] = [some(), some()]
      const kept = keptCharacters(inserted, now)
      assert.ok(kept <= visibleLength(inserted) && kept <= visibleLength(now))
      assert.equal(keptCharacters(inserted, inserted), visibleLength(inserted))
      assert.equal(keptCharacters(inserted, `${now} ${inserted}`), visibleLength(inserted))
    }
  })

  test('of two long texts are counted within a moment', () => {
    const lines = (word: string): string =>
      Array.from({ length: 2000 }, (_, line) => `${word} = call(${line})`).join('\n')
    const time = timeOf(() => keptCharacters(lines('alpha'), lines('beta')))
    assert.ok(time < 1000, `${time} ms`)
  })
})
