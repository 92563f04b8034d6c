import assert from 'node:assert/strict'
import { DONE, event, json, page, STOP, stream, text } from '../../support/answers.ts'
import { hold, pause } from '../../support/sseServer.ts'
import { sentenceOf } from '../../support/wording.ts'
import { read, REQUEST, useConnections } from './support.ts'

suite('Completions: events that are not chunks', () => {
  const connect = useConnections()

  for (const foreign of [
    'event: ping\ndata: {"type": "ping"}\n\n',
    'event: ping\ndata: 2026-11-01 12:00\n\n',
    'event: done\ndata: {}\n\n',
    'event: end\ndata: bye\n\n',
    event({}),
    event({ id: 'x', model: 'm', provider: 'p' }),
    event({ timings: { predicted_n: 3 } }),
    event({ type: 'metadata', citations: [] }),
    'data: null\n\n',
    ': comment\n\n',
    'id: 7\n\n',
    'retry: 3000\n\n',
  ]) {
    test(`are ignored: ${JSON.stringify(foreign)}`, async () => {
      const { client } = await connect(stream(foreign, text('a'), foreign, STOP, DONE, foreign))
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error], ['a', undefined])
    })
  }

  test('without any chunk, the response is not a completion', async () => {
    const { client } = await connect(stream(event({}), event({ id: 'x' }), DONE))
    const { error } = await read(client.createStreaming(REQUEST))
    assert.equal(sentenceOf(error), 'The response is not a valid completion.')
  })

  for (const claim of [{ choices: 'x' }, { choices: [1] }, { choices: [{ text: 7 }] }]) {
    test(`that claim to be a completion are an error: ${JSON.stringify(claim)}`, async () => {
      const { client } = await connect(stream(text('a'), event(claim), STOP))
      const { error } = await read(client.createStreaming(REQUEST))
      assert.equal(error?.kind, 'protocol')
    })
  }
})

suite('Completions: events without blank lines', () => {
  const connect = useConnections()
  const lines = (...events: string[]): string => events.map((each) => each.trimEnd()).join('\n')

  for (const [name, body] of Object.entries({
    'with [DONE]': `${lines(text('a'), text('b'), STOP, DONE)}\n`,
    'without [DONE]': `${lines(text('a'), text('b'), STOP)}\n`,
    'with CRLF': lines(text('a'), text('b'), STOP, DONE).replaceAll('\n', '\r\n'),
    'some of them': `${lines(text('a'), text('b'))}\n\n${STOP}${DONE}`,
  })) {
    test(`lose no text: ${name}`, async () => {
      const { client } = await connect(stream(body))
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error], ['ab', undefined])
    })
  }

  test('JSON over several data lines is one event', async () => {
    const body = 'data: {"choices": [\ndata: {"text": "a", "finish_reason": "stop"}]}\n\n'
    const { client } = await connect(stream(body))
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })
})

suite('Completions: finish_reason that is none', () => {
  const connect = useConnections()
  for (const reason of ['null', 'None', '', ' ', 'nil', 'undefined', 'NULL']) {
    test(JSON.stringify(reason), async () => {
      const { client } = await connect(stream(text('a', reason), text('b', reason), STOP))
      const { chunks } = await read(client.createStreaming(REQUEST))
      assert.deepEqual(
        chunks.map(({ choices }) => choices[0]?.finish_reason),
        [null, null, 'stop'],
      )
    })
  }
})

suite('Completions: chunks without text', () => {
  const connect = useConnections()
  const role = event({ choices: [{ index: 0, delta: { role: 'assistant' } }] })
  const thought = event({ choices: [{ index: 0, delta: { reasoning_content: 'hm' } }] })

  for (const [name, first] of Object.entries({
    'empty text': text(''),
    'a role': role,
    thoughts: thought,
    'no choices': event({ choices: [] }),
  })) {
    test(`${name}: the first token is still awaited`, async () => {
      const answer = stream(first, pause(120), text('a', 'stop'), DONE)
      const { client } = await connect(answer, { firstTokenTimeout: 5, idleTimeout: 0.05 })
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error], ['a', undefined])
    })

    test(`${name}: the timeout of the first token ends the wait`, async () => {
      const options = { firstTokenTimeout: 0.06, idleTimeout: 0 }
      const { client } = await connect(stream(first, hold), options)
      const { error } = await read(client.createStreaming(REQUEST))
      assert.match(sentenceOf(error), /sent no token within 0\.06 s\.$/)
    })

    test(`${name}: does not restart the idle timeout`, async () => {
      const empty = Array.from({ length: 40 }, () => [first, pause(5)]).flat()
      const options = { firstTokenTimeout: 5, idleTimeout: 0.05 }
      const { client } = await connect(stream(text('a'), ...empty, STOP), options)
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error?.kind], ['a', 'timeout'])
    })
  }
})

suite('Completions: errors of gateways', () => {
  const connect = useConnections()
  const bodies: readonly [body: unknown, said: string][] = [
    [{ code: 500, msg: 'quota pool is empty' }, 'quota pool is empty'],
    [{ success: false, message: 'no such model' }, 'no such model'],
    [{ status: 'error', message: 'busy' }, 'busy'],
    [{ errors: [{ message: 'bad token' }] }, 'bad token'],
    [{ errors: ['first', 'second'] }, 'first'],
    [{ detail: 'Not authenticated' }, 'Not authenticated'],
    [{ message: 'Route not found' }, 'Route not found'],
    [{ error: { message: { text: 'x', detail: 'inner' } } }, 'inner'],
    [{ error: 'plain words' }, 'plain words'],
    [{ error_msg: 'Open api daily request limit reached', error_code: 17 }, 'Open api daily'],
    [{ base_resp: { status_code: 1004, status_msg: 'login fail' } }, 'login fail'],
  ]
  for (const [body, said] of bodies) {
    test(`with status 200: ${JSON.stringify(body)}`, async () => {
      for (const answer of [json(body), stream(event(body), DONE)]) {
        const { client } = await connect(answer)
        const { error } = await read(client.createStreaming(REQUEST))
        assert.ok(sentenceOf(error).includes(`reported an error: ${said}`), sentenceOf(error))
      }
    })

    test(`with status 400: ${JSON.stringify(body)}`, async () => {
      const { client } = await connect(json(body, 400))
      const { error } = await read(client.createStreaming(REQUEST))
      assert.ok(sentenceOf(error).includes(`400: ${said}`), sentenceOf(error))
    })
  }

  test('plain text and HTML', async () => {
    const { client } = await connect([page('upstream is down', 502), page('<h1>Bad</h1>', 502)])
    const first = await read(client.createStreaming(REQUEST))
    assert.match(sentenceOf(first.error), /502: upstream is down$/)
    const second = await read(client.createStreaming(REQUEST))
    assert.match(sentenceOf(second.error), /responded with 502\.$/)
  })

  test('a completion with a message field is a completion', async () => {
    const { client } = await connect(
      json({ message: 'ok', code: 200, choices: [{ text: 'a', finish_reason: 'stop' }] }),
    )
    assert.equal((await client.create(REQUEST)).choices[0]?.text, 'a')
  })
})
