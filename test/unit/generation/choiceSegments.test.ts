import assert from 'node:assert/strict'
import { segmentsOf } from '../../../src/generation/choiceSegments.ts'

/** Each segment with its token's text and offset */
function drawn(text: string, tokens: string[] | null, offset = 0) {
  const logprobs = tokens && {
    tokens,
    token_logprobs: tokens.map((_, index) => -index),
    top_logprobs: tokens.map(() => null),
    text_offset: tokens.map(() => 0),
  }
  return segmentsOf({ text, logprobs }, offset).map((segment) => [
    segment.text,
    segment.token && [segment.token.text, segment.token.offset],
  ])
}

suite('segments of a choice', () => {
  test('are one per token, with offsets in the completion', () => {
    assert.deepEqual(drawn('foo(a', ['foo', '(', 'a'], 10), [
      ['foo', ['foo', 10]],
      ['(', ['(', 13]],
      ['a', ['a', 14]],
    ])
  })

  test('have the log probability and the alternatives of their token', () => {
    const logprobs = {
      tokens: ['a'],
      token_logprobs: [-0.5],
      top_logprobs: [{ a: -0.5, b: -1 }],
      text_offset: [0],
    }
    const token = { text: 'a', offset: 0, logprob: -0.5, alternatives: { a: -0.5, b: -1 } }
    assert.deepEqual(segmentsOf({ text: 'a', logprobs }, 0), [{ text: 'a', token }])
  })

  test('have no token without logprobs', () => {
    assert.deepEqual(drawn('foo', null), [['foo', null]])
    assert.deepEqual(drawn('', null), [])
  })

  test('skip tokens that are not in the text', () => {
    assert.deepEqual(drawn('a😀b', ['a', String.raw`bytes:\xf0\x9f`, 'bytes:…', 'b']), [
      ['a', ['a', 0]],
      ['😀', null],
      ['b', ['b', 3]],
    ])
    assert.deepEqual(drawn('a', ['a', '<stop>']), [['a', ['a', 0]]])
    assert.deepEqual(drawn('a', ['', 'a']), [['a', ['a', 0]]])
  })

  test('do not guess where a token belongs that is far away', () => {
    const text = `${'x'.repeat(40)}b`
    assert.deepEqual(drawn(text, ['y', 'b']), [[text, null]])
  })
})
