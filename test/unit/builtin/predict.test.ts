import assert from 'node:assert/strict'
import { frequencies, predict } from '../../../src/builtin/model/predict.ts'
import { History } from '../../../src/builtin/model/history.ts'
import { draw, randomFrom, type Sampling } from '../../../src/builtin/model/sample.ts'
import { END_OF_TEXT } from '../../../src/builtin/model/vocabulary.ts'
import { generateTokens, taskOf } from '../../../src/builtin/model/task.ts'
import { config, greedy, knowledgeOf, python } from './model.ts'

const { vocabulary, caches } = knowledgeOf([config, python])
/** The probabilities of the next token after a text */
function after(text: string): Float64Array {
  const ids = vocabulary.encode(text)
  return predict([END_OF_TEXT, ...ids], caches, frequencies(caches, vocabulary.size))
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)
const probability = (text: string, token: string): number => after(text)[idOf(token)] ?? 0
const idOf = (token: string): number => vocabulary.encode(token)[0] ?? -1

/** The probabilities after the sampling parameters apply, computed directly from their definition */
function adjusted(p: Float64Array, sampling: Sampling, written: readonly number[]): number[] {
  const logits = Array.from(p, (before, id) => {
    const count = written.filter((each) => each === id).length
    const { presence_penalty, frequency_penalty, logit_bias } = sampling
    const penalty = (count > 0 ? presence_penalty : 0) + count * frequency_penalty
    return Math.log(before) - penalty + (logit_bias.get(id) ?? 0)
  })
  const weights = logits.map((logit) => Math.exp(logit / sampling.temperature))
  const order = [...p.keys()].toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))
  const all = sum(weights)
  let seen = 0
  for (const id of order) {
    const isKept = seen < sampling.top_p * all
    seen += weights[id] ?? 0
    if (!isKept) weights[id] = 0
  }
  return weights.map((weight) => weight / sum(weights))
}

suite('Built-in model: distribution', () => {
  for (const text of [
    '',
    'return ',
    'nothing of the kind',
    config.slice(0, 200),
    '\n',
    'for item in items:',
  ]) {
    test(`sums to 1 over the vocabulary, with no token impossible: after ${JSON.stringify(text.slice(-20))}`, () => {
      const all = after(text)
      assert.equal(all.length, vocabulary.size)
      assert.ok(Math.abs(sum(all) - 1) < 1e-9, `${sum(all)}`)
      assert.ok(all.every((p) => p > 0))
    })
  }

  test('gives the token that followed before a high probability', () => {
    assert.ok(probability('return width * ', 'height') > 0.5)
    assert.ok(probability('for item in ', 'items') > 0.5)
  })

  for (const [what, prompt, suffix] of [
    ['at a new word', 'export function ', '('],
    ['within a word', 'export function ar', ''],
    ['towards a suffix', 'export async function loadConfig(root) {\n', '\n  try {\n'],
  ] as const) {
    test(`sums to 1 at each token of a completion: ${what}`, () => {
      const knowledge = knowledgeOf([config, python])
      const task = taskOf(knowledge, prompt, suffix)
      let tokens = 0
      for (const { top, logprob } of generateTokens(task, greedy, randomFrom(1), vocabulary.size)) {
        const all = Object.values(top ?? {}).map((each) => Math.exp(each))
        // Tokens can have the same text, such as line breaks that remove more indentation than there
        // is. Only one of them is listed.
        assert.ok(sum(all) > 0.99 && sum(all) < 1 + 1e-9, `${sum(all)}`)
        assert.equal(Math.exp(logprob ?? 0), Math.max(...all))
        tokens++
      }
      assert.ok(tokens > 0)
    })
  }

  test('weighs the nearer cache higher', () => {
    const near = new History()
    for (const id of vocabulary.encode('return width * other')) near.push(id)
    const context = vocabulary.encode('return width * ')
    const both = predict(context, [...caches, near], frequencies(caches, vocabulary.size))
    assert.ok((both[idOf('other')] ?? 0) > (both[idOf('height')] ?? 0))
  })
})

suite('Built-in model: sampling', () => {
  const none: number[] = []
  const some = [idOf('width'), idOf(' '), idOf('width')]
  const cases: [what: string, sampling: Partial<Sampling>, written: readonly number[]][] = [
    ['temperature 1', {}, none],
    ['temperature 0.5', { temperature: 0.5 }, none],
    ['temperature 2', { temperature: 2 }, none],
    ['top_p 0.5', { top_p: 0.5 }, none],
    ['top_p 0.95', { top_p: 0.95 }, none],
    ['top_p 0.9 and temperature 1.5', { top_p: 0.9, temperature: 1.5 }, none],
    ['presence_penalty', { presence_penalty: 2 }, some],
    ['frequency_penalty', { frequency_penalty: -1 }, some],
    [
      'logit_bias',
      {
        logit_bias: new Map([
          [idOf('root'), 4],
          [65, 7],
        ]),
      },
      none,
    ],
    [
      'all of them',
      {
        temperature: 0.8,
        top_p: 0.8,
        presence_penalty: 1,
        frequency_penalty: 1,
        logit_bias: new Map([[idOf('path'), 2]]),
      },
      some,
    ],
  ]
  for (const [what, changes, written] of cases) {
    test(`samples by the definition: ${what}`, () => {
      const next = after('async function loadConfig(')
      const sampling = { ...greedy, temperature: 1, ...changes }
      const expected = adjusted(next, sampling, written)
      assert.ok(Math.abs(sum(expected) - 1) < 1e-9)
      const random = randomFrom(5)
      const rounds = 4000
      const drawn = new Map<number, number>()
      for (let round = 0; round < rounds; round++) {
        const id = draw(next, sampling, written, random)
        drawn.set(id, (drawn.get(id) ?? 0) + 1)
        assert.ok((expected[id] ?? 0) > 0, `${id} must not be drawn`)
      }
      // Total variation distance: half the sum of the differences
      const distance = sum(expected.map((p, id) => Math.abs(p - (drawn.get(id) ?? 0) / rounds))) / 2
      const spread = sum(expected.map((p) => Math.sqrt((p * (1 - p)) / rounds))) / 2
      assert.ok(distance < 1.5 * spread + 0.01, `${distance} of ${spread}`)
    })
  }

  test('a bias of 100 selects a token, and one of -100 excludes it', () => {
    const next = after('return width * ')
    const random = randomFrom(1)
    const only = { ...greedy, temperature: 1, logit_bias: new Map([[65, 100]]) }
    const never = { ...greedy, temperature: 1, logit_bias: new Map([[idOf('height'), -100]]) }
    for (let round = 0; round < 200; round++) {
      assert.equal(draw(next, only, none, random), 65)
      assert.notEqual(draw(next, never, none, random), idOf('height'))
    }
    assert.notEqual(draw(next, { ...never, temperature: 0 }, none, random), idOf('height'))
  })

  test('temperature 0 and top_p 0 select the likeliest token', () => {
    const next = after('return width * ')
    assert.equal(draw(next, greedy, none, randomFrom(1)), idOf('height'))
    assert.equal(
      draw(next, { ...greedy, temperature: 2, top_p: 0 }, none, randomFrom(1)),
      idOf('height'),
    )
  })

  test('samples unlikely tokens with their probability', () => {
    const next = after('return width * ')
    const sampling = { ...greedy, temperature: 1 }
    const random = randomFrom(3)
    const isTail = Array.from(next, (each) => each < 0.001)
    const expected = sum(next.filter((each) => each < 0.001))
    assert.ok(expected > 0.01, `${expected}`)
    let tail = 0
    for (let round = 0; round < 5000; round++)
      if (isTail[draw(next, sampling, none, random)]) tail++
    assert.ok(
      Math.abs(tail / 5000 - expected) < 4 * Math.sqrt(expected / 5000),
      `${tail / 5000} of ${expected}`,
    )
  })
})
