import assert from 'node:assert/strict'
import { pipe, type Filter } from '../../../../src/infill/filters/filter.ts'
import { stopAt } from '../../../../src/infill/filters/stopSequences.ts'
import { wholeCharacters } from '../../../../src/infill/filters/wholeCharacters.ts'
import { removeEcho } from '../../../../src/infill/filters/echo.ts'
import { textFilter } from './support.ts'

function pass(filter: Filter, ...chunks: string[]): string[] {
  const text = textFilter(filter)
  return [...chunks.map((chunk) => text.push(chunk)), text.flush()]
}

suite('stop sequences', () => {
  test('text passes at once while no sequence can begin', () => {
    assert.deepEqual(pass(stopAt(['<EOT>']), 'foo', 'bar'), ['foo', 'bar', ''])
  })

  test('only what may become a sequence is held back', () => {
    assert.deepEqual(pass(stopAt(['<EOT>']), 'a <E', 'lse'), ['a ', '<Else', ''])
    assert.deepEqual(pass(stopAt(['<EOT>']), 'a <<', '<EO'), ['a <', '<', '<EO'])
  })

  test('the sequence and all text after it are dropped', () => {
    const filter = stopAt(['\n\n', '<EOT>'])
    assert.deepEqual(pass(filter, 'a\n', 'b\n', '\nc', 'd'), ['a', '\nb', '', '', ''])
    assert.ok(filter.done)
  })

  test('the first of several sequences counts', () => {
    assert.deepEqual(pass(stopAt(['yy', 'x']), 'a x yy'), ['a ', ''])
    assert.deepEqual(pass(stopAt(['ab', 'abc']), 'zabc'), ['z', ''])
  })

  test('of overlapping sequences the one that is complete first counts', () => {
    assert.deepEqual(pass(stopAt(['abcd', 'c']), 'zabcd'), ['zab', ''])
    assert.deepEqual(pass(stopAt(['abcd', 'c']), 'zab', 'cd'), ['z', 'ab', ''])
    assert.deepEqual(pass(stopAt(['bc', 'abc']), 'zabc'), ['z', ''])
  })

  test('without sequences, or with empty ones, nothing is held back', () => {
    assert.deepEqual(pass(stopAt([]), 'a'), ['a', ''])
    assert.deepEqual(pass(stopAt(['']), 'a'), ['a', ''])
  })

  test('the result does not depend on how the text is split', () => {
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

suite('echo', () => {
  test('the prompt is removed, however it is split', () => {
    for (let at = 0; at <= 8; at++) {
      const text = 'foo(bar)'
      assert.equal(pass(removeEcho('foo('), text.slice(0, at), text.slice(at)).join(''), 'bar)')
    }
  })

  test('a response without an echo passes', () => {
    assert.equal(pass(removeEcho('foo('), 'fo', 'rward').join(''), 'forward')
    assert.equal(pass(removeEcho('foo('), 'bar').join(''), 'bar')
  })

  test('an echo that was cut is removed', () => {
    assert.equal(pass(removeEcho('foo('), 'fo').join(''), '')
  })
})

suite('pipe', () => {
  test('flushes each filter through the next ones', () => {
    const filter = pipe(removeEcho('>'), stopAt(['<EOT>']), wholeCharacters())
    assert.deepEqual(pass(filter, '>a\r', '\nb<E'), ['a', '\nb', '<E'])
  })

  test('is done when one of the filters is done', () => {
    const filter = textFilter(pipe(stopAt(['!']), wholeCharacters()))
    assert.equal(filter.push('a!b'), 'a')
    assert.ok(filter.done)
  })

  test('flushes the filters after the one that is done', () => {
    assert.deepEqual(pass(pipe(stopAt(['!']), wholeCharacters()), '👩!b', 'c'), ['👩', '', ''])
  })
})
