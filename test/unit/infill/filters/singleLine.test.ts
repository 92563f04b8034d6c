import assert from 'node:assert/strict'
import { singleLine } from '../../../../src/infill/filters/singleLine.ts'
import { textFilter } from './support.ts'

suite('single line', () => {
  function pass(...chunks: string[]): { text: string; ended: boolean } {
    const filter = textFilter(singleLine())
    const text = chunks.map((chunk) => filter.push(chunk)).join('') + filter.flush()
    return { text, ended: filter.done }
  }

  const cases: [what: string, from: string, passes: string, ended: boolean][] = [
    ['a line without its end', 'foo(bar)', 'foo(bar)', false],
    ['up to its end, and no further', 'foo(\nbar)', 'foo(', true],
    ['a line end before the line', '\n  foo()\nbar', '\n  foo()', true],
    ['blank lines before the line', '\n\n  foo\n', '\n\n  foo', true],
    ['only white space', '\n  ', '\n  ', false],
    ['trailing spaces', 'foo  \n', 'foo  ', true],
  ]
  for (const [what, from, passes, ended] of cases) {
    test(`passes ${what}, however it is split`, () => {
      for (let at = 0; at <= from.length; at++) {
        assert.deepEqual(pass(from.slice(0, at), from.slice(at)), { text: passes, ended })
      }
      assert.deepEqual(pass(...from.split('')), { text: passes, ended })
    })
  }
})
