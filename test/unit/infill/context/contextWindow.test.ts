import assert from 'node:assert/strict'
import { contextWindow } from '../../../../src/infill/context/contextWindow.ts'
import { marked } from '../../../support/marked.ts'

function contextOf(drawn: string, characters: number, prefixShare = 0.5) {
  const { lines, ...selection } = marked(drawn)
  return contextWindow(lines, selection, { characters, prefixShare })
}

suite('context window', () => {
  test('a document that fits is sent whole', () => {
    assert.deepEqual(contextOf('const a = 1\nfoo(|)\nbar()\n', 100), {
      prompt: 'const a = 1\nfoo(',
      suffix: ')\nbar()\n',
      omitted: { before: 0, after: 0 },
    })
  })

  test('a selection is in neither of the two', () => {
    const { prompt, suffix } = contextOf('foo([old,\nolder])\n', 100)
    assert.deepEqual([prompt, suffix], ['foo(', ')\n'])
  })

  test('an empty document, the first and the last position', () => {
    for (const [drawn, prompt, suffix] of [
      ['|', '', ''],
      ['|abc', '', 'abc'],
      ['abc|', 'abc', ''],
    ] as const) {
      const window = contextOf(drawn, 100)
      assert.deepEqual([window.prompt, window.suffix], [prompt, suffix])
      assert.deepEqual(window.omitted, { before: 0, after: 0 })
    }
  })

  test('the prompt begins at a line’s start, the suffix ends at a line’s end', () => {
    const window = contextOf('aaaa\nbbbb\ncccc\ndd|dd\neeee\nffff\n', 18)
    assert.deepEqual(window, {
      prompt: 'cccc\ndd',
      suffix: 'dd\neeee',
      // Two lines before it, and after it `ffff` and the empty last line
      omitted: { before: 2, after: 2 },
    })
  })

  test('what one side does not need goes to the other', () => {
    assert.equal(contextOf('aaaa\nbbbb\ncccc\n|x', 12, 0.25).prompt, 'bbbb\ncccc\n')
    assert.equal(contextOf('x|\naaaa\nbbbb\ncccc', 12, 0.75).suffix, '\naaaa\nbbbb')
  })

  test('the two never exceed the budget', () => {
    const line = 'some words of text\n'.repeat(50)
    for (let characters = 0; characters < 400; characters += 7) {
      for (const share of [0, 0.3, 0.75, 1]) {
        const { prompt, suffix } = contextOf(`${line}|${line}`, characters, share)
        assert.ok(prompt.length + suffix.length <= characters, `${characters} ${share}`)
      }
    }
  })

  test('a line that is longer than the budget is cut within', () => {
    const window = contextOf(`${'a'.repeat(100)}|${'b'.repeat(100)}`, 20)
    assert.deepEqual([window.prompt, window.suffix], ['a'.repeat(10), 'b'.repeat(10)])
    assert.deepEqual(window.omitted, { before: 1, after: 1 })
  })

  test('an empty line at the caret does not cost the text before it', () => {
    assert.equal(contextOf(`${'a'.repeat(100)}\n|`, 20).prompt, `${'a'.repeat(19)}\n`)
  })

  test('a surrogate pair is not cut at either edge', () => {
    const window = contextOf('😀😀😀😀|😀😀😀😀', 9)
    assert.deepEqual([window.prompt, window.suffix], ['😀😀', '😀😀'])
    assert.ok(window.prompt.isWellFormed() && window.suffix.isWellFormed())
  })

  test('no character is cut at either edge, whatever it is made of', () => {
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

  test('a big document is read only around the caret', () => {
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
