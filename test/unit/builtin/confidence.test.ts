import assert from 'node:assert/strict'
import { randomFrom } from '../../../src/builtin/model/sample.ts'
import { confidentTokens, taskOf } from '../../../src/builtin/model/task.ts'
import { Vocabulary } from '../../../src/builtin/model/vocabulary.ts'
import { Texts } from '../../../src/builtin/texts.ts'
import { parseRequest } from '../../../src/builtin/request.ts'
import { RULES } from '../../../src/settings/settings.ts'
import { packageOf } from '../../bench/packages.ts'
import { linesOf, speakingOf } from '../../bench/speaking.ts'
import { GREEDY } from '../../bench/training.ts'

suite('Built-in model: confidence', () => {
  const vocabulary = new Vocabulary()
  const texts = new Texts()
  const known = [
    'function one() {\n  const total = sumOf(items)\n  return total\n}\n',
    'function two() {\n  const total = sumOf(items)\n  return total\n}\n',
    'function three() {\n  const total = sumOf(others)\n  log(total)\n}\n',
  ]
  for (const [index, text] of known.entries()) {
    texts.put(`${index}.js`, Int32Array.from(vocabulary.learn(text)))
  }
  const tokensAt = (prompt: string, confidence: number) => [
    ...confidentTokens(
      taskOf({ vocabulary, caches: [texts.history] }, prompt, '\n}\n'),
      GREEDY,
      randomFrom(1),
      0,
      confidence,
    ),
  ]
  const textAt = (prompt: string, confidence: number): string =>
    tokensAt(prompt, confidence)
      .map(({ text }) => text)
      .join('')

  test('ends before the first token that is less likely', () => {
    const prompt = 'function four() {\n  const '
    const all = tokensAt(prompt, 0)
    for (const confidence of [0.2, 0.5, 0.8, 0.95]) {
      const some = tokensAt(prompt, confidence)
      assert.deepEqual(some, all.slice(0, some.length))
      const isLikely = (at: number): boolean =>
        Math.exp(all[at]?.logprob ?? 0) >= (at === 0 ? 1 - 2 * (1 - confidence) : confidence)
      assert.ok(some.every((_, at) => isLikely(at)))
      const isAtEnd = all.slice(some.length).every(({ text }) => text.trim() === '')
      assert.ok(isAtEnd || all.some((_, at) => at >= some.length && !isLikely(at)))
    }
  })

  test('says less, the higher it is', () => {
    for (const prompt of [
      'function four() {\n  const ',
      '  return ',
      'function x() {\n  ',
      'nothing ',
    ]) {
      let before = Infinity
      for (let confidence = 0; confidence <= 1; confidence += 0.05) {
        const { length } = tokensAt(prompt, confidence)
        assert.ok(length <= before, `${prompt} ${confidence}`)
        before = length
      }
    }
  })

  test('does not end with white space that leads to an unlikely token', () => {
    for (let confidence = 0.05; confidence < 1; confidence += 0.05) {
      const text = textAt('function four() {\n  const total = sumOf(', confidence)
      assert.equal(text, text.trimEnd(), String(confidence))
    }
  })

  test('says nothing where nothing is known', () => {
    assert.equal(textAt('zebra quagga okapi ', 0.9), '')
  })

  test('is a field from 0 to 1, and 0 without it', () => {
    assert.equal(parseRequest({ prompt: 'a' }, 'm', 300).confidence, 0)
    assert.equal(parseRequest({ prompt: 'a', confidence: 0.5 }, 'm', 300).confidence, 0.5)
    for (const confidence of [-0.1, 1.1, '0.5', true]) {
      assert.throws(() => parseRequest({ prompt: 'a', confidence }, 'm', 300), {
        status: 400,
        param: 'confidence',
      })
    }
  })

  test('makes it right in 70 % of the places where it speaks, with half of the exact lines', function () {
    this.timeout(60_000)
    const mocha = packageOf('mocha', 'lib')
    const places = (text: string) => linesOf(text, 8)
    const all = speakingOf(mocha, places, 0)
    const { spoke, right, exact, count } = speakingOf(
      mocha,
      places,
      RULES['builtin.confidence'].default,
    )
    assert.ok(count >= 70 && spoke >= count / 5, `spoke ${spoke} of ${count}`)
    assert.ok(right >= 0.7 * spoke, `right ${right} of ${spoke}`)
    assert.ok(exact >= all.exact / 2, `exact ${exact} of ${all.exact}`)
  })
})
