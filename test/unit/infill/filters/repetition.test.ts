import assert from 'node:assert/strict'
import { repetition } from '../../../../src/infill/filters/repetition.ts'
import { textFilter } from './support.ts'

function pass(text: string, size = 3): { text: string; ended: boolean } {
  const filter = textFilter(repetition())
  let out = ''
  for (let at = 0; at < text.length && !filter.done; at += size) {
    out += filter.push(text.slice(at, at + size))
  }
  return { text: out + filter.flush(), ended: filter.done }
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
    test(`ends ${name} after two times`, () => {
      for (const size of [1, 2, 3, 7, 1000]) {
        assert.deepEqual(pass(begin + unit.repeat(50), size), { text: left, ended: true })
      }
    })
  }

  test('ends a block of eight lines after two times', () => {
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
    ['equal numbers', `const t = [${'0xFFFFFFFF, '.repeat(12)}0x1`],
    ['equal constants', 'undefined, '.repeat(40)],
    ['rows of one word', '| empty | empty |\n'.repeat(9)],
    ['base64', 'QUFBQUFB'.repeat(60)],
    ['a wall', '╔══════╗\n'.repeat(12)],
    ['numbered lines', numbered(60, (index) => `assert.equal(value(${index}), ${index})\n`)],
    ['padding', `data:${'A'.repeat(500)}`],
  ]
  for (const [name, text] of FINE) {
    test(`passes ${name}`, () => assert.deepEqual(pass(text), { text, ended: false }))
  }

  test('does not cut a surrogate pair', () => {
    const filter = textFilter(repetition())
    const text = `${'grinning 😀, '.repeat(4)}grinning 😁, done`
    let out = ''
    for (const char of text) {
      out += filter.push(char)
      assert.doesNotMatch(out, /[\uD800-\uDBFF]$/)
    }
    assert.equal(out + filter.flush(), text)
  })

  test('does not cut an emoji whose first part is the same', () => {
    const filter = textFilter(repetition())
    const text = `👨‍👩‍👦‍👧 the whole family, ${'👨‍👩‍👧‍👧 the whole family, '.repeat(4)}done`
    const characters = new Intl.Segmenter()
    let out = ''
    for (const { segment } of characters.segment(text)) {
      out += filter.push(segment)
      const next = characters.segment(text).containing(out.length)
      assert.ok(next === undefined || next.index === out.length, out.slice(-12))
    }
    assert.equal(out + filter.flush(), text)
  })

  test('ends any repetition after 4000 characters', () => {
    const { text, ended } = pass('0, '.repeat(5000))
    assert.ok(ended && text.length < 5000)
  })
})
