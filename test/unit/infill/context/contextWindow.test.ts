import assert from 'node:assert/strict'
import { contextWindow } from '../../../../src/infill/context/contextWindow.ts'
import { marked } from '../../../support/marked.ts'

function contextOf(drawn: string, characters: number, prefixShare = 0.5) {
  const { lines, ...selection } = marked(drawn)
  return contextWindow(lines, selection, { characters, prefixShare })
}

suite('context window', () => {
  test('contains the whole document if it fits', () => {
    assert.deepEqual(contextOf('const a = 1\nfoo(|)\nbar()\n', 100), {
      prompt: 'const a = 1\nfoo(',
      suffix: ')\nbar()\n',
      omitted: { before: 0, after: 0 },
    })
  })

  test('excludes the selection', () => {
    const { prompt, suffix } = contextOf('foo([old,\nolder])\n', 100)
    assert.deepEqual([prompt, suffix], ['foo(', ')\n'])
  })

  test('handles an empty document, the first and the last position', () => {
    for (const [drawn, prompt, suffix] of [
      ['|', '', ''],
      ['|abc', '', 'abc'],
      ['abc|', 'abc', ''],
    ] as const) {
      const context = contextOf(drawn, 100)
      assert.deepEqual([context.prompt, context.suffix], [prompt, suffix])
      assert.deepEqual(context.omitted, { before: 0, after: 0 })
    }
  })

  test('starts the prompt at a line’s start and ends the suffix at a line’s end', () => {
    const context = contextOf('aaaa\nbbbb\ncccc\ndd|dd\neeee\nffff\n', 18)
    assert.deepEqual(context, {
      prompt: 'cccc\ndd',
      suffix: 'dd\neeee',
      // Two lines before, and `ffff` and the empty last line after
      omitted: { before: 2, after: 2 },
    })
  })

  test('gives unused space of one side to the other', () => {
    assert.equal(contextOf('aaaa\nbbbb\ncccc\n|x', 12, 0.25).prompt, 'bbbb\ncccc\n')
    assert.equal(contextOf('x|\naaaa\nbbbb\ncccc', 12, 0.75).suffix, '\naaaa\nbbbb')
  })

  test('never exceeds the budget', () => {
    const line = 'some words of text\n'.repeat(50)
    for (let characters = 0; characters < 400; characters += 7) {
      for (const share of [0, 0.3, 0.75, 1]) {
        const { prompt, suffix } = contextOf(`${line}|${line}`, characters, share)
        assert.ok(prompt.length + suffix.length <= characters, `${characters} ${share}`)
      }
    }
  })

  test('cuts within a line that is longer than the budget', () => {
    const context = contextOf(`${'a'.repeat(100)}|${'b'.repeat(100)}`, 20)
    assert.deepEqual([context.prompt, context.suffix], ['a'.repeat(10), 'b'.repeat(10)])
    assert.deepEqual(context.omitted, { before: 1, after: 1 })
  })

  test('keeps the text before an empty line at the cursor', () => {
    assert.equal(contextOf(`${'a'.repeat(100)}\n|`, 20).prompt, `${'a'.repeat(19)}\n`)
  })

  test('does not cut a surrogate pair', () => {
    const context = contextOf('😀😀😀😀|😀😀😀😀', 9)
    assert.deepEqual([context.prompt, context.suffix], ['😀😀', '😀😀'])
    assert.ok(context.prompt.isWellFormed() && context.suffix.isWellFormed())
  })

  test('does not cut a grapheme cluster', () => {
    for (const character of [
      '👨‍👩‍👧‍👦',
      '🇩🇪',
      '👍🏽',
      'e\u0301\u0323',
      '\u1112\u1161\u11ab',
      'क्षि',
      '1\ufe0f\u20e3',
    ]) {
      const run = character.repeat(100)
      for (let characters = 0; characters < 60; characters++) {
        const { prompt, suffix } = contextOf(`${run}|${run}`, characters)
        for (const text of [prompt, suffix]) {
          assert.equal(text, character.repeat(text.length / character.length))
          assert.ok(characters / 2 - text.length < character.length + 1, `${characters} ${text}`)
        }
      }
    }
  })

  test('reads a large document only around the cursor', () => {
    let read = 0
    const lines = {
      lineCount: 1_000_000,
      lineAt: () => {
        read++
        return 'x'.repeat(40)
      },
    }
    const caret = { line: 500_000, character: 10 }
    contextWindow(lines, { start: caret, end: caret }, { characters: 4000, prefixShare: 0.75 })
    assert.ok(read < 300, `${read} lines`)
  })
})
