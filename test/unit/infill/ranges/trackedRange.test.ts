import assert from 'node:assert/strict'
import {
  follow,
  followAll,
  grow,
  grown,
  insertionOf,
  trackedRangeOf,
  touches,
  type TrackedRange,
} from '../../../../src/infill/ranges/trackedRange.ts'
import { draw, marked, offsetAt } from '../../../support/marked.ts'

/** Applies the edits to a string, from the last to the first, as VS Code does. */
function edit(text: string, changes: ReturnType<typeof insertionOf>): string {
  const offsets = changes.map(({ range, text: inserted }, order) => ({
    start: offsetAt(text, range.start),
    end: offsetAt(text, range.end),
    inserted,
    order,
  }))
  const lastFirst = offsets.toSorted((a, b) => b.start - a.start || b.order - a.order)
  return lastFirst.reduce(
    (before, { start, end, inserted }) => before.slice(0, start) + inserted + before.slice(end),
    text,
  )
}

suite('target', () => {
  test('text goes to the caret, and the next text behind it', () => {
    const { text, ...caret } = marked('foo(|)')
    const first = insertionOf(trackedRangeOf(caret), 'a,\n')
    const after = grown(trackedRangeOf(caret), first)
    assert.equal(draw(edit(text, first), after), 'foo([a,\n])')
    const second = insertionOf(after, '  b')
    assert.equal(draw(edit(edit(text, first), second), grown(after, second)), 'foo([a,\n  b])')
  })

  test('the first text replaces the selection, the next one follows it', () => {
    const { text, ...selection } = marked('foo([old,\nolder])')
    const first = insertionOf(trackedRangeOf(selection), 'new')
    const after = grown(trackedRangeOf(selection), first)
    assert.equal(draw(edit(text, first), after), 'foo([new])')
    assert.equal(edit('foo(new)', insertionOf(after, 'er')), 'foo(newer)')
  })

  // The range after an edit by somebody else. In the drawings, «» marks the text that it replaces.
  const target: TrackedRange = { ...marked('ab\nc[de]f\ng'), replaces: false }
  const caret: TrackedRange = { ...marked('ab\ncde|f\ng'), replaces: false }
  const cases: [
    what: string,
    from: TrackedRange,
    where: string,
    text: string,
    after: string | null,
  ][] = [
    ['above', target, 'a|b\ncdef\ng', '\n\n', 'a\n\nb\nc[de]f\ng'],
    ['on its line, before', target, 'ab\n|cdef\ng', '  ', 'ab\n  c[de]f\ng'],
    ['right before its start', target, 'ab\nc|def\ng', 'X', 'ab\ncX[de]f\ng'],
    ['deleting up to its start', target, 'ab\n[c]def\ng', '', 'ab\n[de]f\ng'],
    ['joining its line to the one above', target, 'ab[\n]cdef\ng', '', 'abc[de]f\ng'],
    ['within it', target, 'ab\ncd|ef\ng', 'X', null],
    ['at its end, where the next text goes', target, 'ab\ncde|f\ng', 'X', null],
    ['over its start', target, 'ab\n[cd]ef\ng', '', null],
    ['over its end', target, 'ab\ncd[ef]\ng', '', null],
    ['over all of it', target, '[ab\ncdef\ng]', '', null],
    ['replacing what follows it', target, 'ab\ncde[f]\ng', 'XY', 'ab\nc[de]XY\ng'],
    ['behind it on its line', target, 'ab\ncdef|\ng', 'X', 'ab\nc[de]fX\ng'],
    ['below', target, 'ab\ncdef\n|g', 'X\n', 'ab\nc[de]f\nX\ng'],
    ['at the caret', caret, 'ab\ncde|f\ng', 'X', null],
    ['deleting before the caret', caret, 'ab\ncd[e]f\ng', '', 'ab\ncd|f\ng'],
    ['deleting behind the caret', caret, 'ab\ncde[f]\ng', '', 'ab\ncde|\ng'],
  ]
  for (const [what, from, where, text, after] of cases) {
    test(`an edit ${what} ${after === null ? 'ends it' : 'is followed'}`, () => {
      const { text: before, start, end } = marked(where)
      const change = { range: { start, end }, text }
      const followed = follow(from, change)
      const drawn = followed === null ? null : draw(edit(before, [change]), followed)
      assert.equal(drawn, after)
    })
  }

  test('several places grow in one edit, and each keeps to its own', () => {
    const text = 'a() b(old) c()'
    const caretAt = (character: number) =>
      trackedRangeOf(marked(`${text.slice(0, character)}|${text.slice(character)}`))
    const selection = trackedRangeOf({
      start: { line: 0, character: 6 },
      end: { line: 0, character: 9 },
    })
    let targets = [caretAt(2), selection, caretAt(13)]
    let now = text
    for (const texts of [
      ['x', 'n', ''],
      ['', 'ew', 'z\nz'],
      ['\ny', '', '!'],
    ]) {
      const growth = grow(targets, texts)
      now = edit(now, growth.changes)
      targets = growth.ranges
    }
    assert.equal(now, 'a(x\ny) b(new) c(z\nz!)')
    assert.deepEqual(
      targets.map((each) => draw(now, each)),
      ['a([x\ny]) b(new) c(z\nz!)', 'a(x\ny) b([new]) c(z\nz!)', 'a(x\ny) b(new) c([z\nz!])'],
    )
  })

  test('places that touch do not get into each other’s text', () => {
    const { text, ...first } = marked('[ab]cd')
    const { start, end } = marked('ab[cd]')
    const growth = grow([trackedRangeOf(first), trackedRangeOf({ start, end })], ['X', 'Y'])
    assert.equal(edit(text, growth.changes), 'XY')
    assert.deepEqual(
      growth.ranges.map((each) => draw('XY', each)),
      ['[X]Y', 'X[Y]'],
    )
  })

  test('a place follows one before it on its line whose text is replaced', () => {
    const { text, ...first } = marked('a([old]) b()')
    const { start, end } = marked('a(old) b(|)')
    const growth = grow([trackedRangeOf(first), trackedRangeOf({ start, end })], ['x\n', ''])
    const now = edit(text, growth.changes)
    assert.deepEqual(
      growth.ranges.map((each) => draw(now, each)),
      ['a([x\n]) b()', 'a(x\n) b(|)'],
    )
  })

  test('simultaneous edits are followed whatever their order', () => {
    const { text: before } = marked('ab\ncdef|\ng')
    const changes = ['|ab\ncdef\ng', 'ab\n|cdef\ng', 'ab\ncdef\n|g'].map((drawn) => {
      const { start, end } = marked(drawn)
      return { range: { start, end }, text: '-\n' }
    })
    for (const order of [changes, changes.toReversed()]) {
      const followed = followAll(target, order)
      assert.equal(followed && draw(edit(before, order), followed), '-\nab\n-\nc[de]f\n-\ng')
    }
  })

  test('an edit touches the target when they share an edge', () => {
    const change = (drawn: string) => ({ range: marked(drawn), text: '' })
    assert.ok(touches(target, change('ab\n[c]def')))
    assert.ok(touches(target, change('ab\ncd[e]f')))
    assert.ok(!touches(target, change('[a]b\ncdef')))
    assert.ok(!touches(target, change('ab\ncdef\n[g]')))
  })
})
