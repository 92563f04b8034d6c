import assert from 'node:assert/strict'
import {
  appendTo,
  segmentBuffer,
  textOf,
  type Segment,
  type Token,
} from '../../../../src/infill/filters/segment.ts'

const token = (text: string, offset: number): Token => ({
  text,
  offset,
  logprob: -1,
  alternatives: null,
})
const FOO = token('foo', 0)
const BAR = token('bar', 3)

suite('segments', () => {
  test('neighbors of the same token become one segment, empty ones disappear', () => {
    const segments: Segment[] = []
    appendTo(segments, [{ text: 'fo', token: FOO }])
    appendTo(segments, [
      { text: 'o', token: FOO },
      { text: '', token: BAR },
      { text: 'ba', token: BAR },
    ])
    assert.deepEqual(segments, [
      { text: 'foo', token: FOO },
      { text: 'ba', token: BAR },
    ])
    assert.equal(textOf(segments), 'fooba')
  })
})

suite('segment buffer', () => {
  const filled = () => {
    const buffer = segmentBuffer()
    buffer.append([
      { text: 'foo', token: FOO },
      { text: 'bar', token: BAR },
      { text: '!', token: null },
    ])
    return buffer
  }

  test('cuts a token into two segments that share it', () => {
    const buffer = filled()
    assert.deepEqual(buffer.take(4), [
      { text: 'foo', token: FOO },
      { text: 'b', token: BAR },
    ])
    assert.equal(buffer.text, 'ar!')
    assert.deepEqual(buffer.take(9), [
      { text: 'ar', token: BAR },
      { text: '!', token: null },
    ])
    assert.deepEqual([buffer.text, buffer.take(1)], ['', []])
  })

  test('joins what was cut, and text without tokens', () => {
    const buffer = segmentBuffer()
    buffer.append([{ text: 'f', token: FOO }])
    buffer.append([{ text: 'oo', token: FOO }])
    assert.deepEqual(buffer.take(3), [{ text: 'foo', token: FOO }])
    buffer.append([{ text: 'a', token: null }])
    buffer.append([{ text: 'b', token: null }])
    assert.deepEqual(buffer.take(2), [{ text: 'ab', token: null }])
  })

  test('drops text from the start', () => {
    const buffer = filled()
    buffer.drop(3)
    assert.deepEqual(buffer.take(1), [{ text: 'b', token: BAR }])
    buffer.clear()
    buffer.append([{ text: 'o', token: FOO }])
    assert.deepEqual(buffer.take(9), [{ text: 'o', token: FOO }])
  })
})
