import assert from 'node:assert/strict'
import { DONE, event, json, stream, text } from '../../support/answers.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'
import { sentenceOf } from '../../support/wording.ts'

suite('Completions: an error with status 200', () => {
  const connect = useConnections()
  const KEY = 'sk-secret'
  const run = async (...pieces: string[]) => {
    const { client, server } = await connect(stream(...pieces), { apiKey: KEY })
    const { text: got, error } = await read(client.createStreaming(REQUEST))
    return {
      got,
      kind: error?.kind,
      said: error && sentenceOf(error).replace(server.url.host, 'HOST'),
    }
  }

  const forms: [name: string, event: string][] = [
    ['an object', event({ error: { message: 'no memory', type: 'x', code: 1 } })],
    ['a string', event({ error: 'no memory' })],
    ['an event named error', `event: error\n${event({ message: 'no memory' })}`],
    ['an event named error with an error', `event: error\n${event({ error: 'no memory' })}`],
    ['an event named error with a JSON string', 'event: error\ndata: "no memory"\n\n'],
    ['an event named error with plain text', 'event: error\ndata: no memory\n\n'],
    [
      'a chunk with an error',
      event({ choices: [{ text: 'no' }], error: { message: 'no memory' } }),
    ],
  ]
  for (const [name, error] of forms) {
    const failed = { kind: 'server', said: 'HOST reported an error: no memory' }
    test(`as ${name}`, async () => {
      assert.deepEqual(await run(error), { got: '', ...failed })
    })
    test(`as ${name}, after text, which is kept`, async () => {
      assert.deepEqual(await run(text('a') + text('b') + error), { got: 'ab', ...failed })
    })
    test(`as ${name}, before [DONE]`, async () => {
      assert.deepEqual(await run(text('a'), error, DONE), { got: 'a', ...failed })
    })
    test(`as ${name}, after a finish_reason`, async () => {
      assert.deepEqual(await run(text('a', 'error'), error, DONE), { got: 'a', ...failed })
    })
  }

  test('as JSON instead of a stream', async () => {
    const { client, server } = await connect(json({ error: { message: 'no such model' } }))
    const said = `${server.url.host} reported an error: no such model`
    const { error } = await read(client.createStreaming(REQUEST))
    assert.deepEqual([error?.kind, sentenceOf(error)], ['server', said])
    const whole = await failure(client.create(REQUEST))
    assert.deepEqual([whole.kind, sentenceOf(whole)], ['server', said])
  })

  test('without a message is an error nevertheless', async () => {
    for (const error of [
      event({ error: {} }),
      'event: error\ndata: {}\n\n',
      event({ error: '' }),
    ]) {
      assert.deepEqual(await run(error), {
        got: '',
        kind: 'server',
        said: 'HOST reported an error.',
      })
    }
  })

  test('has one line of at most 300 characters', async () => {
    const { said } = await run(event({ error: `a\n\tb ${'x'.repeat(1000)}` }))
    assert.match(said!, /^HOST reported an error: a b x+…$/)
    assert.ok(said!.length < 350)
  })

  test('never contains the key', async () => {
    const { said } = await run(event({ error: `wrong key ${KEY}, not ${KEY}` }))
    assert.equal(said, 'HOST reported an error: wrong key …, not …')
  })

  test('"error": null is no error', async () => {
    const chunk = { choices: [{ text: 'a', finish_reason: 'stop' }], error: null }
    assert.deepEqual(await run(event(chunk)), { got: 'a', kind: undefined, said: undefined })
  })
})
