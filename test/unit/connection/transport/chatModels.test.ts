import assert from 'node:assert/strict'
import { createClient } from '../../../../src/completions/index.ts'
import { CompletionError } from '../../../../src/completions/errors.ts'
import {
  chatModelSend,
  type ChatModel,
  type ChatModels,
} from '../../../../src/connection/transport/chatModels.ts'
import { chatDialect } from '../../../../src/servers/chat.ts'
import { parseModels } from '../../../../src/servers/models.ts'

const REQUEST = { model: 'small', prompt: 'f(', suffix: ')', max_tokens: 9, temperature: 0.5 }

/** Models that answer in these parts, and what they were asked */
function modelsThat(parts: () => AsyncIterable<string>): {
  models: ChatModels
  asked: [message: string, options: object][]
} {
  const asked: [string, object][] = []
  const model = (id: string): ChatModel => ({
    id,
    maxInputTokens: 8000,
    async ask(message, options) {
      asked.push([message, options])
      return parts()
    },
  })
  const all = ['small', 'large'].map(model)
  return {
    asked,
    models: {
      find: async (id) => all.filter((each) => id === '' || each.id === id),
      faultOf: (error) =>
        error instanceof RangeError ? { status: 403, message: error.message } : null,
    },
  }
}

async function* inParts(...parts: string[]): AsyncGenerator<string> {
  yield* parts
}

const clientOf = (models: ChatModels) =>
  createClient({
    base: new URL('http://vscode-lm.invalid/v1'),
    apiKey: null,
    dialect: chatDialect,
    firstTokenTimeout: 5,
    idleTimeout: 5,
    send: chatModelSend(models),
  })

suite('the language models of VS Code', () => {
  test('answer in a stream, like a server', async () => {
    const { models, asked } = modelsThat(() => inParts('a', ', b'))
    let all = ''
    let reason: string | null = null
    for await (const { choices } of clientOf(models).createStreaming(REQUEST)) {
      all += choices[0]?.text ?? ''
      reason = choices[0]?.finish_reason ?? reason
    }
    assert.deepEqual([all, reason], ['a, b', 'stop'])
    const [message, options] = asked[0] ?? ['', {}]
    assert.match(message, /f\(<\|CURSOR\|>\)$/)
    assert.deepEqual(options, { max_tokens: 9, temperature: 0.5 })
  })

  test('answer as a whole', async () => {
    const { models } = modelsThat(() => inParts('a', ', b'))
    const { choices } = await clientOf(models).create(REQUEST)
    assert.equal(choices[0]?.text, 'a, b')
  })

  test('are the first of all when no model is named', async () => {
    const { models, asked } = modelsThat(() => inParts('a'))
    await clientOf(models).create({ ...REQUEST, model: '' })
    assert.equal(asked.length, 1)
  })

  test('are listed with their context', async () => {
    const { models } = modelsThat(() => inParts())
    const url = new URL('http://vscode-lm.invalid/v1/models')
    const { body } = await chatModelSend(models)(
      { method: 'GET', url, headers: {} },
      new AbortController().signal,
    )
    let text = ''
    for await (const bytes of body) text += new TextDecoder().decode(bytes)
    const listed = parseModels(JSON.parse(text))
    assert.deepEqual(
      listed.map(({ id, contextLength }) => [id, contextLength]),
      [
        ['small', 8000],
        ['large', 8000],
      ],
    )
  })

  test('that do not exist are an error with their name', async () => {
    const { models } = modelsThat(() => inParts())
    await assert.rejects(clientOf(models).create({ ...REQUEST, model: 'huge' }), (error) => {
      assert.ok(error instanceof CompletionError)
      assert.match(error.message, /huge/)
      return true
    })
  })

  test('that VS Code refuses are an error in its words', async () => {
    const { models } = modelsThat(() => {
      throw new RangeError('The user said no.')
    })
    await assert.rejects(clientOf(models).create(REQUEST), { kind: 'authentication' })
  })

  test('stop when they are cancelled', async () => {
    let isEnded = false
    const { models } = modelsThat(async function* () {
      try {
        for (;;) {
          yield 'a'
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      } finally {
        isEnded = true
      }
    })
    const abort = new AbortController()
    let count = 0
    for await (const _ of clientOf(models).createStreaming(REQUEST, { signal: abort.signal })) {
      if (++count === 3) abort.abort()
    }
    assert.ok(isEnded)
    assert.equal(count, 3)
  })
})
