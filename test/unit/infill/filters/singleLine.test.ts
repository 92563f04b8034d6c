import assert from 'node:assert/strict'
import { singleLine } from '../../../../src/infill/filters/singleLine.ts'

suite('one line', () => {
  function pass(...chunks: string[]): { text: string; ended: boolean } {
    const filter = singleLine()
    const text = chunks.map((chunk) => filter.take(chunk)).join('') + filter.rest()
    return { text, ended: filter.ended }
  }

  const cases: [what: string, from: string, passes: string, ended: boolean][] = [
    ['a line without its end', 'foo(bar)', 'foo(bar)', false],
    ['up to its end, and no further', 'foo(\nbar)', 'foo(', true],
    ['the line end before it', '\n  foo()\nbar', '\n  foo()', true],
    ['blank lines before it', '\n\n  foo\n', '\n\n  foo', true],
    ['nothing but blanks', '\n  ', '\n  ', false],
    ['trailing blanks', 'foo  \n', 'foo  ', true],
  ]
  for (const [what, from, passes, ended] of cases) {
    test(`is ${what}, however it is split`, () => {
      for (let at = 0; at <= from.length; at++) {
        assert.deepEqual(pass(from.slice(0, at), from.slice(at)), { text: passes, ended })
      }
      assert.deepEqual(pass(...from.split('')), { text: passes, ended })
    })
  }
})
