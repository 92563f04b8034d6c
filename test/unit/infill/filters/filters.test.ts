import assert from 'node:assert/strict'
import { pipe, type TextFilter } from '../../../../src/infill/filters/filter.ts'
import { stopAt } from '../../../../src/infill/filters/stopSequences.ts'
import { wholeCharacters } from '../../../../src/infill/filters/wholeCharacters.ts'
import { removeEcho } from '../../../../src/infill/filters/echo.ts'

function pass(filter: TextFilter, ...chunks: string[]): string[] {
  return [...chunks.map((chunk) => filter.take(chunk)), filter.rest()]
}

suite('up to a mark', () => {
  test('text passes at once while no mark can begin', () => {
    assert.deepEqual(pass(stopAt(['<EOT>']), 'foo', 'bar'), ['foo', 'bar', ''])
  })

  test('what may become a mark is kept back, and no more', () => {
    assert.deepEqual(pass(stopAt(['<EOT>']), 'a <E', 'lse'), ['a ', '<Else', ''])
    assert.deepEqual(pass(stopAt(['<EOT>']), 'a <<', '<EO'), ['a <', '<', '<EO'])
  })

  test('nothing of the mark or behind it gets through', () => {
    const filter = stopAt(['\n\n', '<EOT>'])
    assert.deepEqual(pass(filter, 'a\n', 'b\n', '\nc', 'd'), ['a', '\nb', '', '', ''])
    assert.ok(filter.ended)
  })

  test('the first of several marks counts', () => {
    assert.deepEqual(pass(stopAt(['yy', 'x']), 'a x yy'), ['a ', ''])
    assert.deepEqual(pass(stopAt(['ab', 'abc']), 'zabc'), ['z', ''])
  })

  test('no marks, or empty ones, hold nothing back', () => {
    assert.deepEqual(pass(stopAt([]), 'a'), ['a', ''])
    assert.deepEqual(pass(stopAt(['']), 'a'), ['a', ''])
  })

  test('every way to split a text gives the same text', () => {
    const text = 'if (a < b) <|fim_middle|> never'
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const chunks = [text.slice(0, first), text.slice(first, second), text.slice(second)]
        assert.equal(
          pass(stopAt(['<|fim_middle|>', '<|endoftext|>']), ...chunks).join(''),
          'if (a < b) ',
        )
      }
    }
  })
})

suite('without echo', () => {
  test('the prompt is taken away, however it is split', () => {
    for (let at = 0; at <= 8; at++) {
      const text = 'foo(bar)'
      assert.equal(pass(removeEcho('foo('), text.slice(0, at), text.slice(at)).join(''), 'bar)')
    }
  })

  test('an answer without an echo passes', () => {
    assert.equal(pass(removeEcho('foo('), 'fo', 'rward').join(''), 'forward')
    assert.equal(pass(removeEcho('foo('), 'bar').join(''), 'bar')
  })

  test('an echo that was cut is no completion', () => {
    assert.equal(pass(removeEcho('foo('), 'fo').join(''), '')
  })
})

suite('a pipe', () => {
  test('passes on what each keeps back', () => {
    const filter = pipe(removeEcho('>'), stopAt(['<EOT>']), wholeCharacters())
    assert.deepEqual(pass(filter, '>a\r', '\nb<E'), ['a', '\nb', '<E'])
  })

  test('ends when one of them does', () => {
    const filter = pipe(stopAt(['!']), wholeCharacters())
    assert.equal(filter.take('a!b'), 'a')
    assert.ok(filter.ended)
  })
})
