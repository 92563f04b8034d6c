import assert from 'node:assert/strict'
import { collect, CompletionError, type Choice } from '../../../src/completions/index.ts'
import { parseCompletion } from '../../../src/completions/parse.ts'

function choices(...of: unknown[]): Choice[] {
  return parseCompletion({ choices: of }).choices
}

async function* streamed() {
  yield parseCompletion({ id: 'first', choices: [{ index: 2, text: 'x' }] })
  yield parseCompletion({ id: 'then', choices: [{ index: 0, text: 'a' }, { index: 1 }] })
  yield parseCompletion({
    choices: [
      { index: 2, text: 'y', finish_reason: 'stop' },
      { index: 0, text: 'b', finish_reason: 'length' },
    ],
  })
  yield parseCompletion({ choices: [{ index: 0, text: '', finish_reason: null }] })
}

suite('Completions: the fields of a chunk', () => {
  test('have the API’s own names', () => {
    const chunk = {
      id: 'cmpl-1',
      object: 'text_completion',
      created: 1,
      model: 'm',
      system_fingerprint: 'fp',
      choices: [{ index: 0, text: 'a', finish_reason: 'stop', logprobs: null }],
      usage: null,
    }
    assert.deepEqual(parseCompletion(chunk), chunk)
    assert.deepEqual(parseCompletion({ ...chunk, timings: { n: 1 }, obfuscation: 'x' }), chunk)
  })

  test('are null when they are missing or have another type', () => {
    const nothing = {
      id: null,
      object: null,
      created: null,
      model: null,
      system_fingerprint: null,
      choices: [],
      usage: null,
    }
    assert.deepEqual(parseCompletion({ choices: [] }), nothing)
    assert.deepEqual(parseCompletion({ choices: null, usage: null, error: null }), nothing)
    assert.deepEqual(
      parseCompletion({ id: 1, object: {}, created: '1', model: [], choices: [], usage: 0 }),
      nothing,
    )
  })

  test('text that is null or missing is empty', () => {
    assert.deepEqual(
      choices({ text: null }, {}).map(({ text }) => text),
      ['', ''],
    )
  })

  test('a missing index is the choice’s position', () => {
    assert.deepEqual(
      choices({ index: 1 }, {}, { index: null }).map(({ index }) => index),
      [1, 1, 2],
    )
  })

  test('a null, missing or empty finish_reason is none', () => {
    assert.deepEqual(
      choices({ finish_reason: null }, {}, { finish_reason: '' }).map((each) => each.finish_reason),
      [null, null, null],
    )
  })

  test('an unknown finish_reason is kept', () => {
    assert.equal(choices({ finish_reason: 'abort' })[0]!.finish_reason, 'abort')
  })

  test('choices can arrive in any order and are identified by index', async () => {
    const whole = await collect(streamed())
    assert.equal(whole.id, 'first')
    assert.deepEqual(
      whole.choices.map(({ index, text, finish_reason }) => [index, text, finish_reason]),
      [
        [0, 'ab', 'length'],
        [1, '', null],
        [2, 'xy', 'stop'],
      ],
    )
  })

  test('an object with neither choices nor usage is not a completion', () => {
    const values = [null, 1, 'a', [], {}, { models: [] }, { choices: {} }, { choices: 'a' }]
    for (const value of [
      ...values,
      { choices: [1] },
      { choices: [{ text: 1 }] },
      { usage: null },
    ]) {
      assert.throws(
        () => parseCompletion(value),
        (error) => error instanceof CompletionError && error.kind === 'protocol',
        JSON.stringify(value),
      )
    }
  })
})
