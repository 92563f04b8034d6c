import assert from 'node:assert/strict'
import { chunks, completion, events, post, scripted, token, withServer } from './endpoint.ts'

const authorization = `Bearer ${token}`

suite('builtin server', () => {
  test('answers with a whole completion', () =>
    withServer(scripted({ pieces: ['b', 'c'] }), async (server) => {
      const response = await post(server, { prompt: 'a', suffix: 'zz' })
      assert.match(response.headers.get('x-request-id') ?? '', /^req_/)
      const { id, created, ...rest } = await completion(response)
      assert.match(id, /^cmpl-/)
      assert.ok(Math.abs(created - Date.now() / 1000) < 5)
      assert.deepEqual(rest, {
        object: 'text_completion',
        model: 'workspace',
        system_fingerprint: 'scripted-1',
        choices: [{ index: 0, text: 'bc', logprobs: null, finish_reason: 'stop' }],
        // The suffix is read by the model as well, and counts as prompt.
        usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
      })
    }))

  test('passes prompt, suffix and max_tokens to the model', async () => {
    const model = scripted({})
    await withServer(model, async (server) => {
      await completion(await post(server, { prompt: 'p', suffix: 's', max_tokens: 0 }))
      await completion(await post(server, { prompt: 'q', suffix: null }))
    })
    assert.deepEqual(
      model.inputs.map(({ prompt, suffix, max_tokens }) => [prompt, suffix, max_tokens]),
      [
        ['p', 's', 0],
        ['q', '', 16],
      ],
    )
  })

  test('streams one token a chunk, then the finish_reason, then [DONE]', () =>
    withServer(scripted({ pieces: ['b', 'c'], finish_reason: 'length' }), async (server) => {
      const response = await post(server, { prompt: 'a', stream: true })
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
      const all = await events(response)
      assert.equal(all.pop(), '[DONE]')
      const parts = all.filter((each) => each !== '[DONE]')
      assert.deepEqual(
        parts.map((each) => each.choices),
        [
          [{ index: 0, text: 'b', logprobs: null, finish_reason: null }],
          [{ index: 0, text: 'c', logprobs: null, finish_reason: null }],
          [{ index: 0, text: '', logprobs: null, finish_reason: 'length' }],
        ],
      )
      assert.equal(new Set(parts.map((each) => each.id)).size, 1)
      assert.ok(parts.every((each) => !('usage' in each)))
    }))

  test('sends usage on a chunk of its own when asked, and null before', () =>
    withServer(scripted({ pieces: ['b'] }), async (server) => {
      const all = await chunks(
        await post(server, { prompt: 'aa', stream: true, stream_options: { include_usage: true } }),
      )
      assert.deepEqual(
        all.map((each) => [each.choices.length, each.usage]),
        [
          [1, null],
          [1, null],
          [0, { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 }],
        ],
      )
    }))

  test('sends each token when it is made', async () => {
    const asked = Promise.withResolvers<void>()
    const model = scripted({
      pieces: ['1', '2'],
      before: (piece) => piece === '2' && asked.promise,
    })
    await withServer(model, async (server) => {
      const response = await post(server, { prompt: 'a', stream: true })
      assert.ok(response.body)
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      const first = await reader.read()
      assert.match(first.value ?? '', /"text":"1"/)
      asked.resolve()
      let rest = ''
      for (let part = await reader.read(); !part.done; part = await reader.read())
        rest += part.value
      assert.match(rest, /"text":"2".*\[DONE\]/s)
    })
  })

  for (const stream of [false, true]) {
    const how = stream ? 'streaming' : 'whole'
    const text = async (response: Response): Promise<string[]> => {
      const all = stream ? await chunks(response) : [await completion(response)]
      const texts: string[] = []
      for (const { index, text: part } of all.flatMap((each) => each.choices)) {
        texts[index] = (texts[index] ?? '') + part
      }
      return texts
    }

    test(`${how}: answers each prompt, in order`, () =>
      withServer(scripted({ pieces: ['x'] }), async (server) =>
        assert.deepEqual(
          await text(await post(server, { prompt: ['a', 'b', 'c'], stream, echo: true })),
          ['ax', 'bx', 'cx'],
        ),
      ))

    test(`${how}: ends before a stop that is split over tokens`, () =>
      withServer(scripted({ pieces: ['a', '\n', '\n', 'b'] }), async (server) =>
        assert.deepEqual(await text(await post(server, { prompt: '', stream, stop: '\n\n' })), [
          'a',
        ]),
      ))

    test(`${how}: the echoed prompt is no stop and no completion token`, () =>
      withServer(scripted({ pieces: ['x'] }), async (server) => {
        const options = stream ? { stream_options: { include_usage: true } } : {}
        const body = { prompt: 'a;', echo: true, stop: ';', stream, ...options }
        assert.deepEqual(await text(await post(server, body)), ['a;x'])
        const answer = await post(server, body)
        const last = stream ? (await chunks(answer)).at(-1) : await completion(answer)
        assert.equal(last?.usage?.completion_tokens, 1)
      }))

    test(`${how}: a client that goes away ends the run`, async () => {
      const ended = Promise.withResolvers<void>()
      const client = new AbortController()
      const model = scripted({
        pieces: ['1', '2'],
        before: (piece, { signal }) =>
          new Promise<void>((resolve, reject) => {
            if (piece === '1') return resolve()
            signal.addEventListener('abort', () => {
              ended.resolve()
              reject(signal.reason)
            })
            client.abort()
          }),
      })
      await withServer(model, async (server) => {
        const left = post(server, { prompt: '', stream }, { signal: client.signal }).then((r) =>
          r.text(),
        )
        await assert.rejects(left, { name: 'AbortError' })
        await ended.promise
      })
    })
  }

  test('stops making tokens for a reader that does not read', async () => {
    let made = 0
    const pieces = Array.from({ length: 20_000 }, () => 'x'.repeat(1000))
    const model = scripted({ pieces, before: async () => void made++ })
    await withServer(model, async (server) => {
      const client = new AbortController()
      const response = await post(server, { prompt: '', stream: true }, { signal: client.signal })
      assert.ok(response.body)
      let before = -1
      while (made !== before) {
        before = made
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      assert.ok(made < pieces.length, `${made} tokens were made`)
      client.abort()
    })
  })

  test('lists its model', () =>
    withServer(scripted({}), async ({ url }) => {
      const response = await fetch(`${url}/models`, { headers: { authorization } })
      const list: { object: string; data: { id: string }[] } = JSON.parse(await response.text())
      assert.equal(list.object, 'list')
      assert.deepEqual(
        list.data.map((each) => each.id),
        ['workspace'],
      )
    }))

  test('a model that fails is a 500 without its message', () =>
    withServer(
      scripted({ pieces: ['a'], before: () => Promise.reject(new Error('private')) }),
      async (server) => {
        for (const stream of [true, false]) {
          const response = await post(server, { prompt: '', stream })
          assert.equal(response.status, 500)
          assert.doesNotMatch(await response.text(), /private/)
        }
      },
    ))

  test('a model that fails later cuts the stream', () =>
    withServer(
      scripted({ pieces: ['a', 'b'], before: async (piece) => assert.equal(piece, 'a') }),
      async (server) => {
        const response = await post(server, { prompt: '', stream: true })
        await assert.rejects(response.text())
      },
    ))
})
