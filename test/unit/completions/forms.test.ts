import assert from 'node:assert/strict'
import { isError } from '../../support/wording.ts'
import { parseCompletion, parseErrorMessage } from '../../../src/completions/parse.ts'
import { DONE, event, STOP, stream, text } from '../../support/answers.ts'
import { read, REQUEST, useConnections } from './support.ts'

/** The text of a choice in each format in use */
function textOf(choice: unknown): string {
  return parseCompletion({ choices: [choice] }).choices[0]!.text
}

suite('Completions: response formats of gateways', () => {
  const connect = useConnections()

  const forms: [name: string, choice: unknown, text: string][] = [
    ['text', { text: 'a' }, 'a'],
    ['a delta', { delta: { content: 'a' } }, 'a'],
    ['a delta beside an empty text', { text: '', delta: { content: 'a' } }, 'a'],
    ['a delta beside the same text', { text: 'a', delta: { content: 'a' } }, 'a'],
    ['a message', { message: { role: 'assistant', content: 'a' } }, 'a'],
    ['a delta with only a role', { delta: { role: 'assistant' } }, ''],
    ['a delta without content', { delta: { content: null }, finish_reason: 'stop' }, ''],
    ['nothing', { text: null, delta: null, message: null }, ''],
  ]
  for (const [name, choice, expected] of forms) {
    test(`text as ${name}`, () => assert.equal(textOf(choice), expected))
  }

  test('text of another type is not guessed', () => {
    for (const choice of [{ text: 1 }, { delta: { content: [{ text: 'a' }] } }]) {
      assert.throws(
        () => textOf(choice),
        isError('protocol', 'The response is not a valid completion.'),
      )
    }
  })

  test('a list of completions becomes one, with the total usage', () => {
    const each = (index: number) => ({
      id: 'x',
      choices: [{ index, text: String(index), finish_reason: 'length' }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    })
    const { id, choices, usage } = parseCompletion([each(0), each(1)])
    assert.equal(id, 'x')
    assert.deepEqual(
      choices.map((choice) => [choice.index, choice.text]),
      [
        [0, '0'],
        [1, '1'],
      ],
    )
    assert.equal(usage?.total_tokens, 6)
    assert.equal(parseCompletion([each(0), { choices: [] }]).usage, null)
    assert.throws(
      () => parseCompletion([]),
      isError('protocol', 'The response is not a valid completion.'),
    )
  })

  test('an event with null does not count as a token', async () => {
    const { client } = await connect(stream('data: null\n\n', text('a'), STOP, DONE))
    const { chunks, error } = await read(client.createStreaming(REQUEST))
    assert.deepEqual([chunks.length, error], [2, undefined])
  })

  test('a stream of deltas is combined', async () => {
    const delta = (content: string | null, finish_reason: string | null = null) =>
      event({ choices: [{ index: 0, delta: { content }, finish_reason }] })
    const { client } = await connect(stream(delta('a'), delta('b'), delta(null, 'eos'), DONE))
    const { choices } = await client.create(REQUEST)
    assert.deepEqual([choices[0]!.text, choices[0]!.finish_reason], ['ab', 'eos'])
  })

  test('a refusal that names its field by a path contains the name', () => {
    const detail = (loc: unknown) => [{ type: 'extra_forbidden', loc, msg: 'no', input: 'secret' }]
    assert.equal(parseErrorMessage({ detail: detail(['body', 'seed']) }), 'seed: no')
    assert.equal(parseErrorMessage({ message: { detail: detail(['body', 'seed']) } }), 'seed: no')
    for (const loc of [['body'], ['query', 'seed'], 'seed', null, undefined, ['body', 3]]) {
      assert.equal(parseErrorMessage({ detail: detail(loc) }), 'no')
    }
  })
})
