import assert from 'node:assert/strict'
import { learn, NOTHING_LEARNED, type Learned } from '../../../src/usage/charactersPerToken.ts'

/** The state after requests with these ratios */
function after(...ratios: number[]): number {
  return ratios.reduce<Learned>((known, ratio) => learn(known, ratio * 1000, 1000), NOTHING_LEARNED)
    .charactersPerToken
}

suite('characters per token', () => {
  test('3 by default', () => assert.equal(after(), 3))

  test('the first requests have the most weight', () => {
    assert.equal(after(4), 3.5)
    assert.ok(Math.abs(after(4, 4, 4, 4, 4) - 4) < 0.2)
  })

  test('converge to the model’s ratio', () => {
    const found = after(...Array.from({ length: 40 }, () => 3.7))
    assert.ok(Math.abs(found - 3.7) < 0.01, `${found}`)
  })

  test('one unusual request changes little', () => {
    const steady = Array.from({ length: 40 }, () => 4)
    assert.ok(Math.abs(after(...steady, 2) - 4) <= 0.26)
  })

  test('stay within bounds', () => {
    const of = (ratio: number): number => after(...Array.from({ length: 200 }, () => ratio))
    assert.ok(of(0.7) >= 1.5 && of(0.7) < 1.51)
    assert.ok(of(12) <= 8 && of(12) > 7.99)
  })

  const implausible: [what: string, characters: number, tokens: number][] = [
    ['a short prompt', 96, 32],
    ['no tokens', 3000, 0],
    ['only what was not in the cache', 12_000, 40],
    ['a page of the server’s own', 40, 900],
    ['no number', 3000, Number.NaN],
    ['fewer than none', 3000, -1000],
  ]
  for (const [what, characters, tokens] of implausible) {
    test(`ignore ${what}`, () => {
      assert.equal(learn(NOTHING_LEARNED, characters, tokens), NOTHING_LEARNED)
    })
  }
})
