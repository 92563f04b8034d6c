import assert from 'node:assert/strict'
import { wholeCharacters } from '../../../../src/infill/filters/wholeCharacters.ts'
import { textFilter } from './support.ts'

suite('whole characters', () => {
  const pass = (...chunks: string[]) => {
    const characters = textFilter(wholeCharacters())
    return [...chunks.map((chunk) => characters.push(chunk)), characters.flush()]
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

  test('an incomplete pair at the end is kept', () => {
    assert.deepEqual(pass('a\ud83d'), ['a', '\ud83d'])
  })

  test('the result does not depend on how the text is split', () => {
    const text = 'x\r\ny\r\r\n😀z\n'
    for (let at = 0; at <= text.length; at++) {
      assert.equal(pass(text.slice(0, at), text.slice(at)).join(''), 'x\ny\n\n😀z\n')
    }
  })

  /** Grapheme clusters; as escapes where an editor would not show the code points */
  const texts: [what: string, text: string, around?: string][] = [
    ['a family', 'a 👨‍👩‍👧‍👦 and 👨‍👩‍👧'],
    ['a row of flags', 'x🇩🇪🇫🇷🇮🇹 y🇪🇸'],
    ['a subdivision flag', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!'],
    ['skin tones', '👍🏽👍 👩🏿‍🚒'],
    ['emoji with a variation selector', '❤️ ☎️ ©️'],
    ['Devanagari', 'क्षि हिन्दी नमस्ते'],
    ['Thai', 'กำลังทำที่นี่'],
    ['Tamil', 'நிகழ்வு'],
    ['Arabic with vowels', 'مُحَمَّد'],
    ['Hangul jamo', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
    [
      'combining accents that the document has as well',
      'cafe\u0301 e\u0302\u0323 n\u0303',
      'e\u0301',
    ],
    ['kana with combining marks that the document has as well', 'か\u3099き', 'は\u309a'],
    ['keycaps that the document has as well', '1\ufe0f\u20e3 #\ufe0f\u20e3', '2\ufe0f\u20e3'],
    ['line ends', 'a\r\nb\n\r\nc'],
  ]
  for (const [what, text, around] of texts) {
    test(`never passes a part of a character: ${what}`, () => {
      const whole = text.replaceAll('\r\n', '\n')
      const starts = new Set([...new Intl.Segmenter().segment(whole)].map(({ index }) => index))
      starts.add(whole.length)
      for (let first = 0; first <= text.length; first++) {
        for (let second = first; second <= text.length; second++) {
          const characters = textFilter(wholeCharacters(around))
          let out = ''
          for (const piece of [
            text.slice(0, first),
            text.slice(first, second),
            text.slice(second),
          ]) {
            out += characters.push(piece)
            assert.ok(starts.has(out.length), `${first} ${second}: ${JSON.stringify(out)}`)
          }
          assert.equal(out + characters.flush(), whole)
        }
      }
    })
  }

  test('letters are held back after the first combining accent', () => {
    assert.deepEqual(pass('e', '\u0301 e', '\u0301 '), ['e', '\u0301 ', 'e\u0301 ', ''])
  })

  test('characters that nothing joins are not held back', () => {
    for (const text of [' foo(', 'x = 1', '“é”', 'naïve', '漢字', 'カー', '한글', 'Ж', '→', '\t']) {
      assert.deepEqual(pass(text), [text, ''])
    }
    const characters = textFilter(wholeCharacters('e\u0301'))
    assert.equal(characters.push(' foo('), ' foo(')
    assert.equal(characters.push('foo\n'), 'foo\n')
  })
})
