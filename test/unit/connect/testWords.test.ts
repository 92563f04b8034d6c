import assert from 'node:assert/strict'
import type { LiveTest } from '../../../src/connect/liveTest.ts'
import { isBlank, resultItems, verdict } from '../../../src/connect/testWords.ts'
import { english } from '../../../src/ui/translate.ts'

const result: LiveTest = {
  text: 'a + b',
  suffix: { mode: 'field' },
  cost: {
    prompt_tokens: 31,
    cached_tokens: null,
    completion_tokens: 6,
    estimated: false,
    firstTokenAfter: 180.4,
    elapsed: 250,
  },
  speed: 84.6,
  context: 32768,
}

const lines = (changes: Partial<LiveTest> = {}): string[] =>
  resultItems({ ...result, ...changes }, english).map(({ label }) => label)

suite('the words of a live test', () => {
  test('are the text, the figures, and the way of the suffix', () => {
    assert.deepEqual(lines(), [
      '$(sparkle) return a + b',
      '$(dashboard) first token after 180 ms · 85 tokens/s · 31 → 6 tokens · context of 32,768 tokens',
      '$(arrow-swap) The text after the cursor is sent in the server’s own field.',
    ])
  })

  test('mark estimates, and leave out what is not known', () => {
    const cost = { ...result.cost, estimated: true, firstTokenAfter: null }
    assert.equal(
      lines({ cost, speed: null, context: null })[1],
      '$(dashboard) ~31 → ~6 tokens · context size unknown',
    )
    assert.match(lines({ cost })[1] ?? '', /~85 tokens\/s/)
  })

  test('show one line of a longer text', () => {
    assert.equal(lines({ text: '(\n  a + b\n)' })[0], '$(sparkle) return ( …')
  })

  test('say that there is no text', () => {
    assert.ok(isBlank({ ...result, text: ' \n' }))
    assert.equal(lines({ text: ' \n' })[0], '$(warning) no text')
    assert.match(verdict({ ...result, text: '' }, english), /no text/)
  })

  const ways: readonly [suffix: LiveTest['suffix'], words: RegExp, sees: boolean][] = [
    [{ mode: 'field' }, /in the server’s own field/, true],
    [{ mode: 'template', template: 'qwen' }, /with the tokens of the model \(qwen\)/, true],
    [{ mode: 'ignored' }, /ignores the text after the cursor/, false],
    [{ mode: 'off' }, /^\$\(arrow-swap\) Only the text before the cursor/, false],
  ]
  for (const [suffix, words, sees] of ways) {
    test(`say how a suffix is sent: ${suffix.mode}`, () => {
      assert.match(lines({ suffix })[2] ?? '', words)
      assert.equal(/does not see/.test(verdict({ ...result, suffix }, english)), !sees)
    })
  }
})
