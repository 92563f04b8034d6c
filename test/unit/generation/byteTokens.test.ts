import assert from 'node:assert/strict'
import { byteJoiner } from '../../../src/generation/byteTokens.ts'

/** Each token with its log probability, chunk by chunk */
function joined(...chunks: [string, number | null][][]) {
  const join = byteJoiner()
  return chunks.map((chunk) => {
    const { tokens, token_logprobs } = join({
      tokens: chunk.map(([name]) => name),
      token_logprobs: chunk.map(([, logprob]) => logprob),
      top_logprobs: chunk.map(() => ({ x: -1 })),
      text_offset: chunk.map(() => 0),
    })
    return tokens.map((name, index) => [name, token_logprobs[index]])
  })
}

suite('tokens that are parts of a character', () => {
  test('become its token, over chunks as well', () => {
    const [first, second] = [String.raw`bytes:\xf0\x9f`, String.raw`bytes:\x99\x82`]
    assert.deepEqual(
      joined(
        [
          ['a', -1],
          [first, -2],
        ],
        [[second, -0.5]],
        [['b', -3]],
      ),
      [[['a', -1]], [['🙂', -2.5]], [['b', -3]]],
    )
  })

  test('have an unknown probability when one of them has', () => {
    const [first, second] = [String.raw`bytes:\xc3`, String.raw`bytes:\xa9`]
    assert.deepEqual(
      joined([
        [first, null],
        [second, -1],
        ['b', -3],
      ]),
      [
        [
          ['é', null],
          ['b', -3],
        ],
      ],
    )
  })

  test('are dropped when the rest of the character does not come', () => {
    const [first, second] = [String.raw`bytes:\xf0`, String.raw`bytes:\xc3\xa9`]
    assert.deepEqual(
      joined([
        [first, -1],
        ['b', -3],
        [second, -1],
      ]),
      [
        [
          ['b', -3],
          ['é', -1],
        ],
      ],
    )
  })

  test('have no alternatives', () => {
    const logprobs = {
      tokens: ['a', String.raw`bytes:\xc3\xa9`],
      token_logprobs: [-1, -1],
      top_logprobs: [{ b: -2 }, { x: -2 }],
      text_offset: [0, 1],
    }
    assert.deepEqual(byteJoiner()(logprobs).top_logprobs, [{ b: -2 }, null])
  })
})
