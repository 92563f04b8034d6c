import assert from 'node:assert/strict'
import { removeControls } from '../../../../src/infill/filters/controlCharacters.ts'
import { filteredInPieces } from './support.ts'

function without(text: string, around = ''): string {
  return filteredInPieces(() => removeControls(around), text, [1, 2, 3])
}

suite('control characters', () => {
  const cases: readonly [name: string, text: string][] = [
    ['NUL', 'o\0k'],
    ['backspace and bell', 'o\b\u0007k'],
    ['DEL and C1', 'o\u007f\u0085\u009bk'],
    ['a color', '\u001b[31mok\u001b[0m'],
    ['a title', '\u001b]0;title\u0007ok'],
    ['a link', '\u001b]8;;http://a\u001b\\ok'],
    ['a lone escape', 'ok\u001b'],
    ['form feed and vertical tab', 'o\f\vk'],
  ]
  for (const [name, text] of cases) {
    test(`${name} is removed`, () => assert.equal(without(text), 'ok'))
  }

  test('tabs, line ends and emoji stay', () => {
    const text = 'a\tb\r\nc\rd\n👩‍🚒 é \u00a0\u00ad\u200d'
    assert.equal(without(text), text)
  })

  test('bidirectional controls are removed and counted', () => {
    const filter = removeControls('')
    assert.equal(without('a\u202e\u2066b\u200f'), 'ab')
    filter.push([{ text: 'a\u202eb\u2069', token: null }])
    assert.equal(filter.removedBidirectional, 2)
  })

  test('bidirectional controls stay where the document has some', () => {
    assert.equal(without('a\u200fb', 'שלום\u200f'), 'a\u200fb')
  })
})
