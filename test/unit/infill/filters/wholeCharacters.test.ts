import assert from 'node:assert/strict'
import { wholeCharacters } from '../../../../src/infill/filters/wholeCharacters.ts'

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

  /** What a reader sees as one each; as escapes where an editor would not show what is there */
  const texts: [what: string, text: string, around?: string][] = [
    ['a family', 'a 👨‍👩‍👧‍👦 and 👨‍👩‍👧'],
    ['flags, many in a row', 'x🇩🇪🇫🇷🇮🇹 y🇪🇸'],
    [
      'the flag of a part of a country',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!',
    ],
    ['tones of skin', '👍🏽👍 👩🏿‍🚒'],
    ['emoji by a selector', '❤️ ☎️ ©️'],
    ['Devanagari', 'क्षि हिन्दी नमस्ते'],
    ['Thai', 'กำลังทำที่นี่'],
    ['Tamil', 'நிகழ்வு'],
    ['Arabic with vowels', 'مُحَمَّد'],
    ['Hangul, of parts', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
    [
      'accents after their letters, as the document has them',
      'cafe\u0301 e\u0302\u0323 n\u0303',
      'e\u0301',
    ],
    ['kana with marks after them, as the document has them', 'か\u3099き', 'は\u309a'],
    ['keycaps, as the document has them', '1\ufe0f\u20e3 #\ufe0f\u20e3', '2\ufe0f\u20e3'],
    ['line ends', 'a\r\nb\n\r\nc'],
  ]
  for (const [what, text, around] of texts) {
    test(`never half of one is out, wherever it is split: ${what}`, () => {
      const whole = text.replaceAll('\r\n', '\n')
      const starts = new Set([...new Intl.Segmenter().segment(whole)].map(({ index }) => index))
      starts.add(whole.length)
      for (let first = 0; first <= text.length; first++) {
        for (let second = first; second <= text.length; second++) {
          const characters = wholeCharacters(around)
          let out = ''
          for (const piece of [
            text.slice(0, first),
            text.slice(first, second),
            text.slice(second),
          ]) {
            out += characters.take(piece)
            assert.ok(starts.has(out.length), `${first} ${second}: ${JSON.stringify(out)}`)
          }
          assert.equal(out + characters.rest(), whole)
        }
      }
    })
  }

  test('after the first accent that follows its letter, letters wait for theirs', () => {
    assert.deepEqual(pass('e', '\u0301 e', '\u0301 '), ['e', '\u0301 ', 'e\u0301 ', ''])
  })

  test('what nothing is added to is not kept back', () => {
    for (const text of [' foo(', 'x = 1', '“é”', 'naïve', '漢字', 'カー', '한글', 'Ж', '→', '\t']) {
      assert.deepEqual(pass(text), [text, ''])
    }
    const characters = wholeCharacters('e\u0301')
    assert.equal(characters.take(' foo('), ' foo(')
    assert.equal(characters.take('foo\n'), 'foo\n')
  })
})
