import assert from 'node:assert/strict'
import { repetition } from '../../../../src/infill/filters/repetition.ts'

function pass(text: string, size = 3): { text: string; ended: boolean } {
  const filter = repetition()
  let out = ''
  for (let at = 0; at < text.length && !filter.ended; at += size) {
    out += filter.take(text.slice(at, at + size))
  }
  return { text: out + filter.rest(), ended: filter.ended }
}

const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

suite('repetition', () => {
  const ENDLESS: readonly [name: string, begin: string, unit: string, left: string][] = [
    ['a line', 'a();\n', '  log(total);\n', 'a();\n  log(total);\n  log(total);'],
    ['two lines', '', 'left(1)\nright(2)\n', 'left(1)\nright(2)\nleft(1)\nright(2)'],
    ['words of one line', 'x = ', 'and so on, ', 'x = and so on, and so on'],
  ]
  for (const [name, begin, unit, left] of ENDLESS) {
    test(`${name} again and again: two stay`, () => {
      for (const size of [1, 2, 3, 7, 1000]) {
        assert.deepEqual(pass(begin + unit.repeat(50), size), { text: left, ended: true })
      }
    })
  }

  test('eight lines again and again', () => {
    const block = numbered(8, (index) => `step number ${index} of the block\n`)
    const { text, ended } = pass(block.repeat(10))
    assert.deepEqual([text, ended], [block.repeat(2).trimEnd(), true])
  })

  const FINE: readonly [name: string, text: string][] = [
    ['zeros', '0, 0, 0, 0,\n'.repeat(16)],
    ['nulls', 'null, '.repeat(32)],
    ['braces', numbered(9, (index) => `${'  '.repeat(9 - index)}}\n`)],
    ['blank lines', '\n'.repeat(30)],
    ['rules', `${'='.repeat(120)}\n${'-'.repeat(120)}\n`],
    ['five lines that are the same', '  <option></option>\n'.repeat(5)],
    ['cells', '<td></td>\n'.repeat(12)],
    ['numbered lines', numbered(60, (index) => `assert.equal(value(${index}), ${index})\n`)],
    ['padding', `data:${'A'.repeat(500)}`],
  ]
  for (const [name, text] of FINE) {
    test(`${name} pass`, () => assert.deepEqual(pass(text), { text, ended: false }))
  }

  test('no character is given out by half', () => {
    const filter = repetition()
    const text = `${'grinning 😀, '.repeat(4)}grinning 😁, done`
    let out = ''
    for (const char of text) {
      out += filter.take(char)
      assert.doesNotMatch(out, /[\uD800-\uDBFF]$/)
    }
    assert.equal(out + filter.rest(), text)
  })

  test('nor a family, of whom some may be the same', () => {
    const filter = repetition()
    const text = `👨‍👩‍👦‍👧 the whole family, ${'👨‍👩‍👧‍👧 the whole family, '.repeat(4)}done`
    const characters = new Intl.Segmenter()
    let out = ''
    for (const { segment } of characters.segment(text)) {
      out += filter.take(segment)
      const next = characters.segment(text).containing(out.length)
      assert.ok(next === undefined || next.index === out.length, out.slice(-12))
    }
    assert.equal(out + filter.rest(), text)
  })

  test('anything comes to an end', () => {
    const { text, ended } = pass('0, '.repeat(5000))
    assert.ok(ended && text.length < 5000)
  })
})
