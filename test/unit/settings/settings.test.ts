import assert from 'node:assert/strict'
import { CompletionError } from '../../../src/completions/errors.ts'
import { parseSettings, RULES } from '../../../src/settings/settings.ts'
import { isError } from '../../support/wording.ts'

const parse = (values: Record<string, unknown>) => parseSettings((name) => values[name])

suite('settings', () => {
  test('have their defaults when they are not configured', () => {
    assert.deepEqual(
      parse({}),
      Object.fromEntries(Object.entries(RULES).map(([name, rule]) => [name, rule.default])),
    )
  })

  test('have valid defaults', () => {
    for (const [name, rule] of Object.entries(RULES)) assert.ok(rule.allows(rule.default), name)
  })

  test('accept null only for fields that are then not sent', () => {
    assert.equal(parse({ temperature: null }).temperature, null)
    assert.throws(() => parse({ maxTokens: null }), CompletionError)
  })

  const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number
  const rejected: [name: string, value: unknown, mustBe: string][] = [
    ['temperature', 2.5, 'a number from 0 to 2 or null'],
    ['temperature', 'hot', 'a number from 0 to 2 or null'],
    ['maxTokens', 1.5, 'an integer of at least 0'],
    ['maxTokens', -1, 'an integer of at least 0'],
    ['endpoint', 7, 'a string'],
    ['prefixShare', 75, 'a number from 0 to 1'],
    ['n', 129, 'an integer from 1 to 128 or null'],
    ['logprobs', 6, 'an integer from 0 to 5 or null'],
    ['stop', ['a', 'b', 'c', 'd', 'e'], 'a string or a list of at most 4 strings or null'],
    ['stop', [1], 'a string or a list of at most 4 strings or null'],
    ['logitBias', { 50256: -101 }, 'an object whose values are a number from -100 to 100 or null'],
    ['headers', { a: 1 }, 'an object whose values are a string'],
    ['suffix', 'both', 'one of "auto", "field", "template", "off", "chat"'],
    ['stream', 'yes', 'true or false'],
    ['exclude', '**/*.txt', 'a list of strings'],
    ['exclude', ['**/*.txt', 1], 'a list of strings'],
    ['seed', 0.5, `an integer from ${MIN_SAFE_INTEGER} to ${MAX_SAFE_INTEGER} or null`],
  ]
  for (const [name, value, mustBe] of rejected) {
    const sentence = `The setting infill.${name} must be ${mustBe}; it is ${JSON.stringify(value)}.`
    test(`reject ${JSON.stringify(value)} for infill.${name}`, () => {
      assert.throws(() => parse({ [name]: value }), isError('invalid_request', sentence))
    })
  }

  test('reject numbers that are not finite', () => {
    for (const value of [Infinity, NaN]) {
      assert.throws(() => parse({ maxTokens: value }), CompletionError)
      assert.throws(() => parse({ idleTimeout: value }), CompletionError)
    }
  })

  test('reject a best_of that is not greater than n', () => {
    assert.throws(
      () => parse({ bestOf: 2, n: 2 }),
      isError(
        'invalid_request',
        'The setting infill.bestOf must be greater than infill.n; they are 2 and 2.',
      ),
    )
    assert.equal(parse({ bestOf: 3, n: 2 }).bestOf, 3)
  })
})
