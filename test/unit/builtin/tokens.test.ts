import assert from 'node:assert/strict'
import { tokensOf } from '../../../src/builtin/model/tokens.ts'

suite('Built-in model: tokens', () => {
  test('are identifiers, line breaks with indentation, white space and single characters', () => {
    assert.deepEqual(
      [...tokensOf('if (a_1 === $b) {\n    return\t2\n}')],
      [
        'if',
        ' ',
        '(',
        'a_1',
        ' ',
        '=',
        '=',
        '=',
        ' ',
        '$b',
        ')',
        ' ',
        '{',
        '\n    ',
        'return',
        '\t',
        '2',
        '\n',
        '}',
      ],
    )
  })

  for (const text of [
    '',
    ' ',
    '\n\n\n',
    'a\r\nb\rc',
    'größe = 名前 + мир',
    '👩‍👩‍👧 "𝒳𝒴" 𠮷x',
    '\ud83d lone \udc69',
    '\0\u2028\ufeff',
    'x'.repeat(1000),
    '𠮷'.repeat(1000),
    ' '.repeat(1000),
  ]) {
    test(`are the same text when joined: ${JSON.stringify(text.slice(0, 20))}`, () => {
      const tokens = [...tokensOf(text)]
      assert.equal(tokens.join(''), text)
      assert.ok(tokens.every((token) => token.length > 0 && token.length <= 128))
    })
  }

  test('never split a surrogate pair', () => {
    for (const token of tokensOf(`${'a'.repeat(63)}𠮷𠮷👩‍👧${'𝒳'.repeat(99)}`)) {
      assert.ok(token.isWellFormed(), token)
    }
  })
})
