import assert from 'node:assert/strict'
import { removeRepeatedLine } from '../../../../src/infill/filters/repeatedLine.ts'
import { random } from '../../../support/random.ts'
import { filteredInPieces } from './support.ts'

function after(prompt: string, text: string): string {
  return filteredInPieces(() => removeRepeatedLine(prompt), text, [1, 2, 3, 5])
}

suite('the line before the cursor', () => {
  const removed: readonly [prompt: string, text: string, rest: string][] = [
    ['let a\n  const x = ', '  const x = 5', '5'],
    ['const x = ', 'const x = 5', '5'],
    ['const x =', 'const x = 5', ' 5'],
    ['const x = ', 'const x =', ''],
    ['foo(a, ', 'foo(a, b)', 'b)'],
    ['\t\treturn ', '\treturn a', 'a'],
    ['{\n    ', '    return a', 'return a'],
    ['{\n    ', '        return a', '    return a'],
    ['wert', 'wert', ''],
  ]
  for (const [prompt, text, rest] of removed) {
    test(`${JSON.stringify(prompt)} is removed from ${JSON.stringify(text)}`, () => {
      assert.equal(after(prompt, text), rest)
    })
  }

  const kept: readonly [prompt: string, text: string][] = [
    ['const x = ', '5'],
    ['const x = ', 'const y = 5'],
    ['const x = ', 'const'],
    ['const x = ', '\nconst x = 5'],
    ['  }', '  }\n}'],
    ['));', '));'],
    ['{\n    ', '  return a'],
    ['{\n', '  return a'],
    ['', 'a'],
    ['long line\nab', 'long line'],
  ]
  for (const [prompt, text] of kept) {
    test(`${JSON.stringify(prompt)} is not in ${JSON.stringify(text)}`, () => {
      assert.equal(after(prompt, text), text)
    })
  }

  test('is followed by a line end when the text is an indented block', () => {
    const block = (prompt: string, text: string): string =>
      filteredInPieces(() => removeRepeatedLine(prompt, () => true), text, [1, 2, 3, 5])
    assert.equal(block('if (a) {', '  return 5'), '\n  return 5')
    assert.equal(block('{', '\treturn 5'), '\n\treturn 5')
    assert.equal(block('  if (a) {', '  if (a) { b'), ' b')
    for (const [prompt, text] of [
      ['if (a) {', ' return 5'],
      ['if (a) {', 'return 5'],
      ['const x = ', '  5'],
      ['{\n', '  return 5'],
      ['{', ' '],
    ] as const) {
      assert.equal(block(prompt, text), text)
    }
  })

  test('has the same result for any text, however it is cut', () => {
    const parts = [' ', '  ', '\t', 'abcd', 'ab', ' = ', '\n']
    const chance = random(11)
    const text = (): string =>
      Array.from({ length: chance.below(6) }, () => chance.pick(parts)).join('')
    for (let round = 0; round < 3000; round++) after(text(), text())
    const block = (prompt: string) => () => removeRepeatedLine(prompt, () => true)
    for (let round = 0; round < 1000; round++) filteredInPieces(block(text()), text(), [1, 2, 3])
  })
})
