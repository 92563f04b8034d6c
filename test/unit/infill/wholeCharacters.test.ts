import assert from 'node:assert/strict'
import { wholeCharacters } from '../../../src/infill/wholeCharacters.ts'

suite('whole characters', () => {
  const pass = (...chunks: string[]) => {
    const characters = wholeCharacters()
    return [...chunks.map((chunk) => characters.take(chunk)), characters.rest()]
  }

  test('plain text passes at once', () => {
    assert.deepEqual(pass('foo', 'bar\n'), ['foo', 'bar\n', ''])
  })

  test('CRLF and CR become LF, also when split', () => {
    assert.deepEqual(pass('a\r\nb\rc'), ['a\nb\nc', ''])
    assert.deepEqual(pass('a\r', '\nb'), ['a', '\nb', ''])
    assert.deepEqual(pass('a\r', 'b'), ['a', '\nb', ''])
    assert.deepEqual(pass('a\r', '\r', '\n'), ['a', '\n', '\n', ''])
    assert.deepEqual(pass('a\r'), ['a', '\n'])
  })

  test('a surrogate pair stays together', () => {
    const [high, low] = ['\ud83d', '\ude00']
    assert.deepEqual(pass(`a${high}`, `${low}b`), ['a', '😀b', ''])
  })

  test('nothing is lost when half a pair is all that comes', () => {
    assert.deepEqual(pass('a\ud83d'), ['a', '\ud83d'])
  })

  test('every split of a text gives the same text', () => {
    const text = 'x\r\ny\r\r\n😀z\n'
    for (let at = 0; at <= text.length; at++) {
      assert.equal(pass(text.slice(0, at), text.slice(at)).join(''), 'x\ny\n\n😀z\n')
    }
  })
})
