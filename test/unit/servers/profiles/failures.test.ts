import assert from 'node:assert/strict'
import type { CompletionErrorKind } from '../../../../src/completions/index.ts'
import type { ServerId, SuffixMode } from '../../../../src/servers/profile.ts'
import { DONE, event, json, page, stream, text } from '../../../support/answers.ts'
import type { Answer } from '../../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from '../../completions/support.ts'
import { dialectOf, lines } from './support.ts'
import { sentenceOf } from '../../../support/wording.ts'

const internal = {
  choices: [{ index: 0, text: 'Internal error: no\nmemory', finish_reason: 'stop' }],
}

/** What a server says when it fails after the head was sent, and what becomes of it */
const FAILURES: readonly [
  name: string,
  id: ServerId,
  way: SuffixMode,
  answer: Answer,
  expected: readonly [text: string, kind: CompletionErrorKind, message: RegExp],
][] = [
  [
    'Ollama’s own API has a line for it',
    'ollama',
    'off',
    lines({ response: 'a', done: false }, { error: 'an error was encountered' }),
    ['a', 'server', /: an error was encountered$/],
  ],
  [
    'Ollama loses it, and all that is left is an end without a reason',
    'ollama',
    'field',
    stream(text('a'), event({ choices: [{ text: '', index: 0, finish_reason: null }] })),
    ['a', 'cut', /ended before the completion was finished/],
  ],
  [
    'Ollama loads the model instead',
    'ollama',
    'field',
    stream(text('', 'load'), DONE),
    ['', 'protocol', /loaded the model/],
  ],
  [
    'Ollama’s own API unloads the model instead',
    'ollama',
    'off',
    lines({ response: '', done: true, done_reason: 'unload' }),
    ['', 'protocol', /loaded the model/],
  ],
  [
    'Ollama’s own API is not there',
    'ollama',
    'off',
    lines({ status: 'success' }),
    ['', 'protocol', /not a valid completion/],
  ],
  [
    'Ollama’s own API is cut inside a line',
    'ollama',
    'off',
    page('{"response":"a","done":false}\n{"response":'),
    ['a', 'cut', /ended before/],
  ],
  [
    'llama.cpp says it in the stream and ends that without [DONE]',
    'llamacpp',
    'field',
    stream(
      event({ content: 'a', stop: false }),
      event({ error: { code: 500, message: 'no memory', type: 'server_error' } }),
    ),
    ['a', 'server', /: no memory$/],
  ],
  [
    'llama.cpp dies in the middle of an /infill',
    'llamacpp',
    'field',
    stream(event({ content: 'a', stop: false })),
    ['a', 'cut', /ended before/],
  ],
  [
    'what answers is not /infill',
    'llamacpp',
    'field',
    json({ status: 'ok' }),
    ['', 'protocol', /not a valid completion/],
  ],
  [
    'vLLM says it before [DONE]',
    'vllm',
    'off',
    stream(text('a'), event({ error: { message: 'no memory', code: 500 } }), DONE),
    ['a', 'server', /: no memory$/],
  ],
  [
    'LocalAI says it as if it were the completion',
    'localai',
    'template',
    stream(text('a'), event(internal)),
    ['a', 'server', /^LocalAI reported an error: no memory$/],
  ],
  [
    'TGI says it with a string',
    'tgi',
    'off',
    stream(text('a'), event({ error: 'Request failed', error_type: 'generation' })),
    ['a', 'server', /: Request failed$/],
  ],
  [
    'OpenRouter says it beside a choice',
    'openrouter',
    'off',
    stream(
      event({
        error: { code: 502, message: 'Provider disconnected' },
        choices: [{ index: 0, text: '', finish_reason: 'error' }],
      }),
    ),
    ['', 'server', /: Provider disconnected$/],
  ],
]

suite('Servers: how they fail', () => {
  const connect = useConnections()

  for (const [name, id, way, answer, [before, kind, message]] of FAILURES) {
    test(name, async () => {
      const { client } = await connect(answer, { dialect: dialectOf(id, way) })
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error?.kind], [before, kind])
      assert.match(sentenceOf(error) ?? '', message)
    })
  }

  test('a whole completion of LocalAI may begin as its errors do', async () => {
    const answer = { ...internal, usage: { prompt_tokens: 1, completion_tokens: 4 } }
    const { client } = await connect(json(answer), { dialect: dialectOf('localai', 'off') })
    assert.equal((await client.create(REQUEST)).choices[0]?.text, internal.choices[0]?.text)
  })

  test('a status that is an error is one in every dialect', async () => {
    const ways: readonly [ServerId, SuffixMode][] = [
      ['ollama', 'off'],
      ['llamacpp', 'field'],
      ['mistral', 'field'],
      ['tabby', 'field'],
    ]
    for (const [id, way] of ways) {
      const { client } = await connect(json({ error: 'no such thing' }, 400), {
        dialect: dialectOf(id, way),
      })
      const failed = await failure(client.create(REQUEST))
      const { kind, status } = failed
      const message = sentenceOf(failed)
      assert.deepEqual([kind, status], ['rejected', 400])
      assert.match(message, /: no such thing$/)
    }
  })
})
