import assert from 'node:assert/strict'
import { alternativesOf } from '../../../../src/infill/confidence/alternatives.ts'
import { levelOf } from '../../../../src/infill/confidence/level.ts'
import { tokenAt, tokenRanges } from '../../../../src/infill/confidence/tokenRanges.ts'
import type { Segment, Token } from '../../../../src/infill/filters/segment.ts'

const token = (text: string, alternatives: Token['alternatives'] = null): Token => ({
  text,
  offset: 0,
  logprob: -1,
  alternatives,
})
const segment = (
  text: string,
  whole = text,
  alternatives: Token['alternatives'] = null,
): Segment => ({
  text,
  token: token(whole, alternatives),
})

suite('confidence: levels', () => {
  for (const [probability, level] of [
    [1, 'veryLikely'],
    [0.91, 'veryLikely'],
    [0.89, 'likely'],
    [0.51, 'likely'],
    [0.49, 'unsure'],
    [0.21, 'unsure'],
    [0.19, 'unlikely'],
    [0, 'unlikely'],
  ] as const) {
    test(`${probability} is ${level}`, () => {
      assert.equal(levelOf(Math.log(probability)), level)
    })
  }
})

suite('confidence: ranges of tokens', () => {
  const segments: Segment[] = [
    segment('foo'),
    { text: ' = ', token: null },
    segment('(\n  '),
    // What the filters left of the token `)\n}`
    segment(')', ')\n}'),
  ]
  const ranges = tokenRanges({ line: 3, character: 5 }, segments)

  test('follow each other over lines, without text that has no token', () => {
    const drawn = ranges.map(({ range: { start, end }, segment: index }) => [
      `${start.line}:${start.character}`,
      `${end.line}:${end.character}`,
      index,
    ])
    assert.deepEqual(drawn, [
      ['3:5', '3:8', 0],
      ['3:11', '4:2', 2],
      ['4:2', '4:3', 3],
    ])
  })

  test('have the token at a position, and none between tokens or at the end', () => {
    const at = (line: number, character: number) => tokenAt(ranges, { line, character })?.token.text
    assert.equal(at(3, 5), 'foo')
    assert.equal(at(3, 8), undefined)
    assert.equal(at(4, 1), '(\n  ')
    assert.equal(at(4, 2), ')\n}')
    assert.equal(at(4, 3), undefined)
  })
})

suite('confidence: alternatives', () => {
  const texts = (each: Segment) => alternativesOf(each).map(({ token: name, text }) => [name, text])

  test('are the other tokens, the most likely first', () => {
    assert.deepEqual(texts(segment('a', 'a', { c: -3, a: -1, b: -2 })), [
      ['b', 'b'],
      ['c', 'c'],
    ])
    assert.deepEqual(texts({ text: 'a', token: null }), [])
    assert.deepEqual(texts(segment('a')), [])
  })

  test('that are no text cannot be inserted', () => {
    const names = [
      '',
      '<|endoftext|>',
      '</s>',
      String.raw`bytes:\xf0`,
      '\uFFFD',
      'token_id:5',
      '\u202e',
    ]
    const all = Object.fromEntries(names.map((name) => [name, -1]))
    assert.deepEqual(
      alternativesOf(segment('a', 'a', all)).map(({ text }) => text),
      names.map(() => null),
    )
  })

  test('lose what the filters removed from the beginning of the token', () => {
    assert.deepEqual(texts(segment('foo', '  foo', { '  bar': -1, baz: -2, '  foo(': -3 })), [
      ['  bar', 'bar'],
      ['baz', 'baz'],
      ['  foo(', 'foo('],
    ])
  })

  test('have the line ends of the document, and no control characters', () => {
    assert.deepEqual(texts(segment('a', 'a', { '\r\n\u0007b': -1 })), [['\r\n\u0007b', '\nb']])
  })
})
