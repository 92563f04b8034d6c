import assert from 'node:assert/strict'
import { decode, Vocabulary } from '../../../src/builtin/model/vocabulary.ts'
import { config, python } from './model.ts'

const samples = [
  '',
  config,
  python,
  config.replaceAll('  ', '\t'),
  '  \n \t\n\n\n    a\n  b\n\tc',
  'a\r\nb\rc',
  '👩‍👩‍👧 "𝒳𝒴" 𠮷x größe 名前',
  '\ud83d lone \udc69',
  '\0\u2028\ufeff',
  '\n'.repeat(20),
  ' '.repeat(200),
  `${' '.repeat(90)}x\n${' '.repeat(90)}y`,
]

/** Pseudorandom texts of pieces that are difficult to tokenize, the same at each run */
function* randomTexts(count: number): Generator<string> {
  const pieces = [
    'a',
    'foo',
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '{',
    '"',
    '𠮷',
    '\ud842',
    '\udfb7',
    'é',
    '\r',
    '\f',
    '\0',
    '*',
    '名',
  ]
  let state = 7
  const next = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % most
  }
  for (let each = 0; each < count; each++) {
    yield Array.from({ length: next(40) }, () => pieces[next(pieces.length)]).join('')
  }
}

suite('Built-in model: vocabulary', () => {
  test('decodes exactly what it encoded', () => {
    const vocabulary = new Vocabulary()
    for (const text of [...samples, ...randomTexts(2000)]) {
      assert.equal(decode(vocabulary, vocabulary.encode(text)), text)
    }
  })

  test('decodes exactly what it encoded when it is full, with bytes', () => {
    const vocabulary = new Vocabulary(270)
    vocabulary.encode('one two\n  three')
    for (const text of [...samples, ...randomTexts(2000)]) {
      assert.equal(decode(vocabulary, vocabulary.encode(text)), text)
    }
    // Only halves of surrogate pairs are still added: they cannot be encoded as bytes.
    assert.ok(vocabulary.size <= 270 + 4, `${vocabulary.size}`)
    assert.deepEqual(new Vocabulary(0).encode('é'), [0xc3, 0xa9])
  })

  test('keeps the ids of tokens', () => {
    const vocabulary = new Vocabulary()
    const first = vocabulary.encode(config)
    vocabulary.encode(python)
    assert.deepEqual(vocabulary.encode(config), first)
  })

  test('encodes a block as the same tokens at any depth and in any style', () => {
    const vocabulary = new Vocabulary()
    const block = 'if (a) {\n  b()\n  if (c) {\n    d()\n  }\n}'
    const tokens = vocabulary.encode(block)
    assert.deepEqual(
      vocabulary.encode(block.replaceAll('\n', '\n      '), '  ').length,
      tokens.length,
    )
    const styled = (unit: string): number[] => vocabulary.encode(block.replaceAll('  ', unit), unit)
    assert.deepEqual(styled('\t'), tokens)
    assert.deepEqual(styled('    '), tokens)
  })

  test('decodes invalid bytes as replacement characters', () =>
    assert.equal(decode(new Vocabulary(), [97, 0xe4, 0xbd, 98, 0xff]), 'a\ufffdb\ufffd'))
})
