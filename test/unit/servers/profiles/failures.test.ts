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

/** Responses of servers that fail after the status was sent, and the resulting text and error */
const FAILURES: readonly [
  name: string,
  id: ServerId,
  mode: SuffixMode,
  answer: Answer,
  expected: readonly [text: string, kind: CompletionErrorKind, message: RegExp],
][] = [
  [
    'Ollama’s own API sends an error line',
    'ollama',
    'off',
    lines({ response: 'a', done: false }, { error: 'an error was encountered' }),
    ['a', 'server', /: an error was encountered$/],
  ],
  [
    'Ollama loses the error, and ends without finish_reason',
    'ollama',
    'field',
    stream(text('a'), event({ choices: [{ text: '', index: 0, finish_reason: null }] })),
    ['a', 'cut', /ended before the completion was finished/],
  ],
  [
    'Ollama only loads the model',
    'ollama',
    'field',
    stream(text('', 'load'), DONE),
    ['', 'protocol', /loaded the model/],
  ],
  [
    'Ollama’s own API only unloads the model',
    'ollama',
    'off',
    lines({ response: '', done: true, done_reason: 'unload' }),
    ['', 'protocol', /loaded the model/],
  ],
  [
    'another server responds instead of Ollama’s own API',
    'ollama',
    'off',
    lines({ status: 'success' }),
    ['', 'protocol', /not a valid completion/],
  ],
  [
    'Ollama’s own API is cut within a line',
    'ollama',
    'off',
    page('{"response":"a","done":false}\n{"response":'),
    ['a', 'cut', /ended before/],
  ],
  [
    'llama.cpp sends an error in the stream, and no [DONE]',
    'llamacpp',
    'field',
    stream(
      event({ content: 'a', stop: false }),
      event({ error: { code: 500, message: 'no memory', type: 'server_error' } }),
    ),
    ['a', 'server', /: no memory$/],
  ],
  [
    'llama.cpp crashes during /infill',
    'llamacpp',
    'field',
    stream(event({ content: 'a', stop: false })),
    ['a', 'cut', /ended before/],
  ],
  [
    'another server responds instead of /infill',
    'llamacpp',
    'field',
    json({ status: 'ok' }),
    ['', 'protocol', /not a valid completion/],
  ],
  [
    'vLLM sends an error before [DONE]',
    'vllm',
    'off',
    stream(text('a'), event({ error: { message: 'no memory', code: 500 } }), DONE),
    ['a', 'server', /: no memory$/],
  ],
  [
    'LocalAI sends an error as text of the completion',
    'localai',
    'template',
    stream(text('a'), event(internal)),
    ['a', 'server', /^LocalAI reported an error: no memory$/],
  ],
  [
    'TGI sends an error as a string',
    'tgi',
    'off',
    stream(text('a'), event({ error: 'Request failed', error_type: 'generation' })),
    ['a', 'server', /: Request failed$/],
  ],
  [
    'OpenRouter sends an error along with a choice',
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

suite('Servers: failures', () => {
  const connect = useConnections()

  for (const [name, id, mode, answer, [before, kind, message]] of FAILURES) {
    test(name, async () => {
      const { client } = await connect(answer, { dialect: dialectOf(id, mode) })
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error?.kind], [before, kind])
      assert.match(sentenceOf(error) ?? '', message)
    })
  }

  test('a whole completion of LocalAI can begin like its errors', async () => {
    const answer = { ...internal, usage: { prompt_tokens: 1, completion_tokens: 4 } }
    const { client } = await connect(json(answer), { dialect: dialectOf('localai', 'off') })
    assert.equal((await client.create(REQUEST)).choices[0]?.text, internal.choices[0]?.text)
  })

  test('every dialect recognizes an error status', async () => {
    const modes: readonly [ServerId, SuffixMode][] = [
      ['ollama', 'off'],
      ['llamacpp', 'field'],
      ['mistral', 'field'],
      ['tabby', 'field'],
    ]
    for (const [id, mode] of modes) {
      const { client } = await connect(json({ error: 'no such thing' }, 400), {
        dialect: dialectOf(id, mode),
      })
      const failed = await failure(client.create(REQUEST))
      const { kind, status } = failed
      const message = sentenceOf(failed)
      assert.deepEqual([kind, status], ['rejected', 400])
      assert.match(message, /: no such thing$/)
    }
  })
})
