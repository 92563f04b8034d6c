import assert from 'node:assert/strict'
import { CompletionError } from '../../../src/completions/errors.ts'
import type { Expected } from '../../../src/completions/problems.ts'
import { parseSettings, RULES } from '../../../src/settings/settings.ts'

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

  const string: Expected = { type: 'string' }
  const strings: Expected = { type: 'strings' }
  const number = (minimum: number, maximum: number): Expected => ({
    type: 'number',
    minimum,
    maximum,
  })
  const integer = (minimum: number, maximum: number): Expected => ({
    type: 'integer',
    minimum,
    maximum,
  })
  const nullable = (of: Expected): Expected => ({ type: 'nullable', of })
  const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number

  const rejected: [name: string, value: unknown, expected: Expected][] = [
    ['temperature', 2.5, nullable(number(0, 2))],
    ['temperature', 'hot', nullable(number(0, 2))],
    ['maxTokens', 1.5, { type: 'integer', minimum: 0 }],
    ['maxTokens', -1, { type: 'integer', minimum: 0 }],
    ['maxTokens', Infinity, { type: 'integer', minimum: 0 }],
    ['endpoint', 7, string],
    ['prefixShare', 75, number(0, 1)],
    ['n', 129, nullable(integer(1, 128))],
    ['logprobs', 6, nullable(integer(0, 5))],
    ['stop', ['a', 'b', 'c', 'd', 'e'], nullable({ type: 'string-or-list', maxItems: 4 })],
    ['stop', [1], nullable({ type: 'string-or-list', maxItems: 4 })],
    ['logitBias', { 50256: -101 }, nullable({ type: 'record', values: number(-100, 100) })],
    ['headers', { a: 1 }, { type: 'record', values: string }],
    ['suffix', 'both', { type: 'choice', values: ['auto', 'field', 'template', 'off'] }],
    ['stream', 'yes', { type: 'boolean' }],
    ['exclude', '**/*.txt', strings],
    ['exclude', ['**/*.txt', 1], strings],
    ['seed', 0.5, nullable(integer(MIN_SAFE_INTEGER, MAX_SAFE_INTEGER))],
  ]
  for (const [name, value, expected] of rejected) {
    test(`reject ${JSON.stringify(value)} for infill.${name}`, () => {
      assert.throws(() => parse({ [name]: value }), {
        kind: 'invalid_request',
        problem: {
          id: 'invalidSetting',
          name: `infill.${name}`,
          expected,
          value: JSON.stringify(value),
        },
      })
    })
  }

  test('reject a best_of that is not greater than n', () => {
    assert.throws(() => parse({ bestOf: 2, n: 2 }), {
      kind: 'invalid_request',
      problem: { id: 'bestOfNotGreater', bestOf: 2, n: 2 },
    })
    assert.equal(parse({ bestOf: 3, n: 2 }).bestOf, 3)
  })
})
