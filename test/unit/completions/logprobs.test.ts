import assert from 'node:assert/strict'
import { collect, type Logprobs } from '../../../src/completions/index.ts'
import { parseCompletion } from '../../../src/completions/parse.ts'

function logprobsOf(logprobs: unknown): Logprobs | null {
  return parseCompletion({ choices: [{ text: '', logprobs }] }).choices[0]!.logprobs
}

const TWO: Logprobs = {
  tokens: ['a', 'b'],
  token_logprobs: [null, -0.5],
  top_logprobs: [null, { b: -0.5, c: -1 }],
  text_offset: [0, 1],
}

async function* streamed() {
  const one = { tokens: ['c'], token_logprobs: [-2], top_logprobs: null, text_offset: [2] }
  for (const logprobs of [null, TWO, null, one]) {
    yield parseCompletion({ choices: [{ text: '', logprobs }] })
  }
}

suite('Completions: logprobs', () => {
  test('are four lists', () => {
    assert.deepEqual(logprobsOf(TWO), TWO)
  })

  test('are null when there are none', () => {
    for (const none of [null, undefined, {}, [], 'x', { tokens: [] }, { tokens: null }]) {
      assert.equal(logprobsOf(none), null)
    }
    for (const none of [{ content: [] }, { content: null }, { content: [null, 'x'] }]) {
      assert.equal(logprobsOf(none), null)
    }
  })

  test('in the form of the chat API have offsets from the start of the chunk', () => {
    const top_logprobs = [
      { id: 1, token: '🙂', bytes: [240, 159, 153, 130], logprob: -0.5 },
      { id: 2, token: 'b', bytes: null, logprob: -1 },
      { token: null, logprob: -2 },
      { token: 'c', logprob: null },
    ]
    const content = [
      { id: 1, token: '🙂', bytes: [240, 159, 153, 130], logprob: -0.5, top_logprobs },
      { token: 'ab', logprob: null, top_logprobs: [] },
      { logprob: -1, top_logprobs: null },
    ]
    assert.deepEqual(logprobsOf({ content, refusal: null }), {
      tokens: ['🙂', 'ab', ''],
      token_logprobs: [-0.5, null, -1],
      top_logprobs: [{ '🙂': -0.5, b: -1 }, null, null],
      text_offset: [0, 1, 3],
    })
  })

  test('name the bytes of a token that is only part of a character', () => {
    const content = [
      { token: '', bytes: [240, 159], logprob: -1, top_logprobs: [] },
      { token: ' \uFFFD', bytes: [32, 240], logprob: -1, top_logprobs: [] },
    ]
    assert.deepEqual(logprobsOf({ content })!.tokens, [
      String.raw`bytes:\xf0\x9f`,
      String.raw`bytes:\x20\xf0`,
    ])
  })

  test('of older and sampled probabilities of llama.cpp are understood', () => {
    const probs = [
      { tok_str: 'a', prob: 0.5 },
      { tok_str: 'b', prob: 0.25 },
      { tok_str: 'c', prob: 0 },
    ]
    const top_probs = [{ id: 1, token: 'b', bytes: [98], prob: 0.25 }]
    const sampled = { id: 2, token: 'a', bytes: [97], prob: 0.5, top_probs }
    assert.deepEqual(logprobsOf({ content: [{ content: 'a', probs }, sampled] }), {
      tokens: ['a', 'a'],
      token_logprobs: [Math.log(0.5), Math.log(0.5)],
      top_logprobs: [{ a: Math.log(0.5), b: Math.log(0.25) }, { b: Math.log(0.25) }],
      text_offset: [0, 1],
    })
  })

  test('have lists of equal length, also when the server omits one', () => {
    assert.deepEqual(logprobsOf({ tokens: ['a', 'b'], token_logprobs: [-1], top_logprobs: null }), {
      tokens: ['a', 'b'],
      token_logprobs: [-1, null],
      top_logprobs: [null, null],
      text_offset: [0, 0],
    })
    assert.deepEqual(logprobsOf({ ...TWO, tokens: ['a'] }), {
      tokens: ['a'],
      token_logprobs: [null],
      top_logprobs: [null],
      text_offset: [0],
    })
  })

  test('support any token name', () => {
    const top = JSON.parse('{"__proto__": -1, "constructor": -2}')
    const parsed = logprobsOf({ ...TWO, top_logprobs: [top, null] })
    assert.deepEqual(Object.entries(parsed!.top_logprobs[0]!), [
      ['__proto__', -1],
      ['constructor', -2],
    ])
  })

  test('of a stream are combined', async () => {
    assert.deepEqual((await collect(streamed())).choices[0]!.logprobs, {
      tokens: ['a', 'b', 'c'],
      token_logprobs: [null, -0.5, -2],
      top_logprobs: [null, { b: -0.5, c: -1 }, null],
      text_offset: [0, 1, 2],
    })
  })
})
