import assert from 'node:assert/strict'
import {
  isWhole,
  restOf,
  takeBack,
  takeChange,
  withCursor,
  type Taken,
} from '../../../src/infill/typedAlong.ts'

/** `sum(|)`: the text before the cursor is taken, what follows it is closed. */
function taken(drawing: string): Taken {
  const [text = '', closed = ''] = drawing.split('|')
  return { text, closed }
}

const drawn = (now: Taken | null): string | null => now && `${now.text}|${now.closed}`

suite('a suggestion that is typed along', () => {
  for (const [before, text, replaced, after, suggested] of [
    ['|', 's', 0, 's|', 'sum(items)'],
    ['|', 'x', 0, null, 'sum(items)'],
    ['sum|', '()', 0, 'sum(|)', 'sum(items)'],
    ['sum(|)', 'i', 0, 'sum(i|)', 'sum(items)'],
    ['sum(|)', 'items)', 1, 'sum(items)|', 'sum(items)'],
    ['sum(|)', 'items) +', 1, 'sum(items) +|', 'sum(items) + 1'],
    ['sum(items|)', ')', 1, 'sum(items)|', 'sum(items)'],
    ['say(|)', '""', 0, 'say("|")', 'say("hi")'],
    ['at|', '[]', 0, 'at[|]', 'at[f(x)]'],
    ['at[f|]', '()', 0, 'at[f(|)]', 'at[f(x)]'],
    ['{|}', '\n  \n', 0, '{\n  |\n}', '{\n  b()\n}'],
    // Until the cursor is known, as much as possible was typed.
    ['|', '/** */', 0, '/** |*/', '/** Adds. */'],
    ['<b>|', '</b>', 0, '<b>|</b>', '<b>hi</b>'],
    // Until the cursor is known, it may be before the bracket.
    ['`${|`', '}', 0, '`${|}`', '`${a}`'],
    // A bracket that was closed is deleted.
    ['f(|)', '', 1, 'f(|', 'f(x)'],
    // More than what was closed was replaced.
    ['sum(|)', ')', 2, null, 'sum()'],
    // A paste that only begins in the same way
    ['|', 'sums', 0, null, 'sum(items)'],
    // What is closed is not suggested.
    ['sum|', '[]', 0, null, 'sum[0'],
  ] as const) {
    test(`${JSON.stringify(before)} and ${JSON.stringify(text)}: ${JSON.stringify(after)}`, () => {
      assert.equal(drawn(takeChange(taken(before), { text, replaced }, [suggested])), after)
    })
  }

  test('is one of several', () => {
    assert.equal(drawn(takeChange(taken('a|'), { text: 'c', replaced: 0 }, ['abc', 'acb'])), 'ac|')
  })

  for (const [before, start, after, now] of [
    ['sum|', 'su', 0, 'su|'],
    ['sum|', '', 0, '|'],
    ['sum(|)', 'sum', 1, 'sum|'],
    ['sum(|)', 'sum', 0, 'sum|)'],
    ['sum(|)', 'sum', 2, null],
    ['{\n  |\n}', '{', 1, null],
    ['sum|', 'other', 0, null],
  ] as const) {
    test(`${JSON.stringify(before)} deleted from ${JSON.stringify(start)} on: ${now}`, () => {
      const isStart = (text: string) => text === start
      assert.equal(drawn(takeBack(taken(before), isStart, after)), now)
    })
  }

  test('what is closed may still arrive', () => {
    const change = { text: '()', replaced: 0 }
    assert.equal(takeChange(taken('sum|'), change, ['sum(it']), null)
    assert.equal(drawn(takeChange(taken('sum|'), change, ['sum(it'], true)), 'sum(|)')
    assert.equal(takeChange(taken('sum|'), change, ['max(it'], true), null)
  })

  for (const [now, suggested, insert, replaces] of [
    ['sum|', 'sum(items)', '(items)', ''],
    ['sum(|)', 'sum(items)', 'items)', ')'],
    ['sum(|)', 'sum(items) + 1', 'items) + 1', ')'],
    ['f("|")', 'f("a", "b")', 'a", "b")', '")'],
    ['{\n  |\n}', '{\n  b()\n}', 'b()', ''],
  ] as const) {
    test(`the rest of ${JSON.stringify(suggested)} at ${JSON.stringify(now)}`, () => {
      assert.deepEqual(restOf(taken(now), suggested), { insert, replaces })
    })
  }
  for (const [now, suggested] of [
    ['sum|', 'max(items)'],
    ['sum(items)|', 'sum(items)'],
    ['sum(items|)', 'sum(items)'],
    ['sum(|)', 'sum(items'],
    ['{\n  |\n}', '{\n  b()\n  }'],
  ] as const) {
    test(`${JSON.stringify(suggested)} has no rest at ${JSON.stringify(now)}`, () => {
      assert.equal(restOf(taken(now), suggested), null)
    })
  }

  test('the cursor tells what was closed of what is also suggested', () => {
    const isAt = (wanted: string) => (text: string) => text === wanted
    assert.equal(drawn(withCursor(taken('()|'), isAt('('))), '(|)')
    assert.equal(drawn(withCursor(taken('/** |*/'), isAt('/**'))), '/**| */')
    assert.equal(drawn(withCursor(taken('f("")|)'), isAt('f("'))), 'f("|"))')
    assert.equal(withCursor(taken('f(a)|'), isAt('f(')), null)
    assert.equal(withCursor(taken('f()|'), isAt('other')), null)
  })

  test('is whole with what was closed', () => {
    assert.ok(isWhole(taken('sum(items|)'), 'sum(items)'))
    assert.ok(!isWhole(taken('sum(item|)'), 'sum(items)'))
  })
})
