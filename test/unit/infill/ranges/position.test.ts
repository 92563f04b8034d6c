import assert from 'node:assert/strict'
import { advance, compare, shift } from '../../../../src/infill/ranges/position.ts'
import { marked } from '../../../support/marked.ts'

suite('position', () => {
  const at = (line: number, character: number) => ({ line, character })

  test('a text ends on its line, or on its last', () => {
    assert.deepEqual(advance(at(3, 4), 'ab'), at(3, 6))
    assert.deepEqual(advance(at(3, 4), ''), at(3, 4))
    assert.deepEqual(advance(at(3, 4), 'ab\n'), at(4, 0))
    assert.deepEqual(advance(at(3, 4), '\n\nabc'), at(5, 3))
    assert.deepEqual(advance(at(0, 0), 'a\r\nb\rc'), at(2, 1))
  })

  test('characters are UTF-16 units', () => {
    assert.deepEqual(advance(at(0, 0), '😀é'), at(0, 3))
  })

  test('positions are ordered by line, then by character', () => {
    assert.ok(compare(at(1, 9), at(2, 0)) < 0)
    assert.ok(compare(at(2, 3), at(2, 1)) > 0)
    assert.equal(compare(at(2, 3), at(2, 3)), 0)
  })

  test('a position moves with an edit before it', () => {
    const change = (drawn: string, text: string) => ({ range: marked(drawn), text })
    // On the line of the edit's end
    assert.deepEqual(shift(at(0, 5), change('a|bcdef', 'XY')), at(0, 7))
    assert.deepEqual(shift(at(0, 5), change('a[bc]def', '')), at(0, 3))
    assert.deepEqual(shift(at(0, 5), change('a|bcdef', '\n')), at(1, 4))
    assert.deepEqual(shift(at(1, 2), change('a[b\nc]def', '')), at(0, 2))
    // Below it
    assert.deepEqual(shift(at(4, 5), change('a|bc', '\n\n')), at(6, 5))
    assert.deepEqual(shift(at(4, 5), change('a[b\n\nc]', 'x')), at(2, 5))
  })
})
