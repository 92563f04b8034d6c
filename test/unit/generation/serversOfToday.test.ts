import assert from 'node:assert/strict'
import { chatDialect } from '../../../src/servers/chat.ts'
import { DONE, event, json, stream } from '../../support/answers.ts'
import { random } from '../../support/random.ts'
import type { Answer } from '../../support/sseServer.ts'
import { isError } from '../../support/wording.ts'
import {
  capabilitiesOf,
  generationFrom,
  piecesOf,
  useServed,
  type TestGeneration,
} from './support.ts'

const CONTEXT = { prompt: 'function sum(items) {\n  let total = ', suffix: '\n  return total\n}\n' }
const usage = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 }

/** An event stream whose bytes arrive in pieces of random lengths: within events, lines and characters. */
function inRandomPieces(seed: number, ...events: string[]): Answer {
  const chance = random(seed)
  const bytes = Buffer.from(events.join(''))
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const length = 1 + chance.below(40)
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return stream(...pieces)
}

/** The text in pieces of random lengths, as `toChoice` has it, then the end */
function chunksOf(seed: number, text: string, toChoice: (piece: string) => object): string[] {
  const chance = random(seed)
  const chunks: string[] = []
  for (let at = 0; at < text.length;) {
    const piece = text.slice(at, at + 1 + chance.below(6))
    chunks.push(event({ choices: [{ index: 0, finish_reason: null, ...toChoice(piece) }] }))
    at += piece.length
  }
  const end = { index: 0, finish_reason: 'stop', ...toChoice('') }
  return [...chunks, event({ choices: [end], usage }), DONE]
}

const asText = (text: string): object => ({ text })
const asDelta = (content: string): object => ({ delta: { content } })

suite('a whole generation from', () => {
  const serve = useServed()

  async function generated(
    answers: readonly Answer[],
    generation: Pick<TestGeneration, 'id' | 'model' | 'settings'>,
    context = CONTEXT,
  ) {
    const { server, transport } = await serve(answers)
    const notices: string[] = []
    const capabilities = capabilitiesOf()
    const options = generationFrom({ server, transport, capabilities, notices, ...generation })
    let text = ''
    for await (const piece of piecesOf(context, options)) {
      if (piece.index === 0) text += piece.text
    }
    const requests = server.requests.map(({ path, body }) => ({ path, body }))
    return { text, requests, notices }
  }

  test('Inception sends its own defaults, and blank lines arrive', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const chunks = chunksOf(seed, '0\n\n  for (const é of items) total += é', asText)
      const { text, requests } = await generated([inRandomPieces(seed, ...chunks)], {
        id: 'inception',
        model: 'mercury-edit-2',
      })
      assert.equal(text, '0\n\n  for (const é of items) total += é')
      assert.deepEqual(requests, [
        {
          path: '/v1/completions/fim/completions',
          body: {
            model: 'mercury-edit-2',
            ...CONTEXT,
            max_tokens: 256,
            temperature: 0.2,
            stop: [],
            presence_penalty: 0,
            stream: true,
            stream_options: { include_usage: true },
          },
        },
      ])
    }
  })

  test('SiliconFlow probes the suffix, then sends it or the template', async () => {
    const body = { model: 'Qwen/Qwen2.5-Coder-7B-Instruct', max_tokens: 256, temperature: 0.2 }
    const more = { stream: true, stream_options: { include_usage: true } }
    const probed = (prompt_tokens: number): Answer =>
      json({
        choices: [{ index: 0, text: 'a', finish_reason: 'length' }],
        usage: { ...usage, prompt_tokens },
      })
    for (const isHonoured of [true, false]) {
      const answer = inRandomPieces(3, ...chunksOf(3, '0', asText))
      const { text, requests } = await generated(
        [probed(9), probed(isHonoured ? 200 : 9), answer],
        {
          id: 'siliconflow',
          model: body.model,
        },
      )
      assert.equal(text, '0')
      assert.equal(requests.length, 3)
      const { prompt, suffix } = CONTEXT
      const rendered = `<|fim_prefix|>${prompt}<|fim_suffix|>${suffix}<|fim_middle|>`
      const stop = ['<|endoftext|>', '<|fim_pad|>', '<|file_sep|>', '<|repo_name|>']
      assert.deepEqual(requests[2], {
        path: '/v1/completions',
        body: isHonoured
          ? { ...body, ...more, prompt, suffix }
          : { ...body, ...more, prompt: rendered, stop },
      })
    }
  })

  test('Vertex AI sends Mistral’s fields to the URL of the model', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const answer = inRandomPieces(seed, ...chunksOf(seed, '0 // Σ', asDelta))
      const { text, requests } = await generated([answer], {
        id: 'vertex',
        model: 'codestral-2@001',
      })
      assert.equal(text, '0 // Σ')
      assert.deepEqual(requests, [
        {
          path: '/v1/completions/publishers/mistralai/models/codestral-2@001:streamRawPredict',
          body: {
            model: 'codestral-2',
            ...CONTEXT,
            max_tokens: 256,
            temperature: 0.2,
            stream: true,
          },
        },
      ])
    }
  })

  const chat = {
    suffix: 'chat',
    n: 2,
    logprobs: 3,
    stop: ['END'],
    bestOf: null,
    echo: true,
    seed: 7,
  }

  test('a chat model sends a marked hole, and inserts the code alone', async () => {
    const said = 'Here is the missing code:\n\n```js\n  let total = 0 // é\n```\nIt starts at zero.'
    for (let seed = 0; seed < 40; seed++) {
      const { text, requests } = await generated(
        [inRandomPieces(seed, ...chunksOf(seed, said, asDelta))],
        { id: 'openai', model: 'gpt-5', settings: { ...chat, n: null } },
      )
      assert.equal(text, '0 // é')
      const [request] = requests
      assert.equal(requests.length, 1)
      assert.equal(request?.path, '/v1/completions/chat/completions')
      assert.ok(request)
      const { messages, ...fields } = request.body as { messages: { content: string }[] }
      assert.deepEqual(fields, {
        model: 'gpt-5',
        max_tokens: 256,
        temperature: 0.2,
        stop: ['END'],
        logprobs: true,
        top_logprobs: 3,
        seed: 7,
        stream: true,
        stream_options: { include_usage: true },
      })
      assert.deepEqual(
        messages.map((message) => Object.keys(message)),
        [
          ['role', 'content'],
          ['role', 'content'],
        ],
      )
      assert.match(messages[0]?.content ?? '', /The mark is <\|CURSOR\|>$/)
      assert.equal(messages[1]?.content, `${CONTEXT.prompt}<|CURSOR|>${CONTEXT.suffix}`)
    }
  })

  test('a chat model’s block begins below the line before the cursor', async () => {
    const said = '```js\n  let total = 0\n  for (const item of items) total += item\n```'
    const context = { ...CONTEXT, prompt: 'function sum(items) {' }
    const answer = inRandomPieces(1, ...chunksOf(1, said, asDelta))
    const { text } = await generated(
      [answer],
      { id: 'openai', settings: { suffix: 'chat' } },
      context,
    )
    assert.equal(text, '\n  let total = 0\n  for (const item of items) total += item')
  })

  test('Mistral’s chat API gets no field that it does not know', async () => {
    const answer = stream(...chunksOf(1, '0', asDelta))
    const settings = { suffix: 'chat', logprobs: 1, user: 'me', logitBias: { 7: 1 } }
    const { requests } = await generated([answer], {
      id: 'mistral',
      model: 'mistral-large',
      settings,
    })
    assert.deepEqual(Object.keys(Object(requests[0]?.body)).toSorted(), [
      'max_tokens',
      'messages',
      'model',
      'stream',
      'temperature',
    ])
  })

  test('a chat model may answer without a stream, in parts, with several choices', async () => {
    const answer = json({
      choices: [
        { index: 0, message: { content: [{ type: 'thinking' }, { type: 'text', text: '0' }] } },
        { index: 1, message: { role: 'assistant', content: '```\nitems.length\n```' } },
      ].map((choice) => ({ ...choice, finish_reason: 'stop' })),
      usage,
    })
    const { server, transport } = await serve(answer)
    const options = generationFrom({
      server,
      transport,
      capabilities: capabilitiesOf(),
      notices: [],
      id: 'vllm',
      model: 'gpt-oss-20b',
      settings: { ...chat, stream: false },
    })
    const texts = ['', '']
    for await (const { index, text } of piecesOf(CONTEXT, options)) texts[index] += text
    assert.deepEqual(texts, ['0', 'items.length'])
    assert.partialDeepStrictEqual(server.requests[0]?.body, { n: 2, stream: false })
  })

  test('a chat model keeps the tokens of what it inserts', async () => {
    const token = (content: string, logprob: number): string =>
      event({
        choices: [
          {
            index: 0,
            delta: { content },
            finish_reason: null,
            logprobs: {
              content: [{ token: content, logprob, top_logprobs: [{ token: 'x', logprob: -3 }] }],
            },
          },
        ],
      })
    const answer = stream(
      token('```', -1),
      token('js\n', -2),
      token('0', -0.5),
      token('\n```', -1),
      event({
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      }),
      DONE,
    )
    const { server, transport } = await serve(answer)
    const base = { server, transport, capabilities: capabilitiesOf(), notices: [] }
    const segments = []
    for await (const piece of piecesOf(CONTEXT, generationFrom({ ...base, settings: chat }))) {
      segments.push(...piece.segments)
    }
    assert.deepEqual(segments, [
      { text: '0', token: { text: '0', offset: 6, logprob: -0.5, alternatives: { x: -3 } } },
    ])
  })

  test('a next-edit model is refused before anything is sent', async () => {
    const { server, transport } = await serve(json({}))
    const base = { server, transport, capabilities: capabilitiesOf(), notices: [] }
    const options = generationFrom({ ...base, id: 'openai', model: 'sweep-next-edit-1.5B' })
    await assert.rejects(
      piecesOf(CONTEXT, options).next(),
      isError('invalid_request', /"sweep-next-edit-1\.5B" suggests edits and does not fill/),
    )
    assert.equal(server.requests.length, 0)
  })
})

suite('the chat dialect', () => {
  const request = { prompt: 'a<|CURSOR|>', suffix: '<|CURSOR1|>b', max_tokens: 8 }

  test('uses a mark that the text does not contain', () => {
    assert.partialDeepStrictEqual(chatDialect.encode(request, false), {
      messages: [{}, { content: 'a<|CURSOR|><|CURSOR2|><|CURSOR1|>b' }],
    })
  })

  test('names the maximum of tokens as OpenAI and Azure do there', () => {
    const at = (base: string): object => chatDialect.encode(request, false, new URL(base))
    assert.partialDeepStrictEqual(at('https://api.openai.com/v1'), { max_completion_tokens: 8 })
    assert.partialDeepStrictEqual(at('https://r.openai.azure.com'), { max_completion_tokens: 8 })
    assert.partialDeepStrictEqual(at('https://example.com/api.openai.com'), { max_tokens: 8 })
  })
})
