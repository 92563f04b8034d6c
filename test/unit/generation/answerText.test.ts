import assert from 'node:assert/strict'
import { templateOf } from '../../../src/infill/templates.ts'
import { parseCompletion } from '../../../src/completions/parse.ts'
import { insertable, printAnswer } from '../../../src/generation/answerText.ts'

const completion = parseCompletion({ choices: [{ text: 'ab\r\nc' }, { text: 'b' }] })
const exchange = {
  status: 200,
  headers: { server: 'x' },
  firstChunkAfter: 1.4,
  elapsed: 2.6,
  raw: { choices: [] } as unknown,
  chunks: 1,
  completion,
  failure: null as string | null,
}

suite('an answer as a document', () => {
  test('has the server’s own JSON', () => {
    assert.deepEqual(JSON.parse(printAnswer(exchange, ['Something was left out.'])), {
      status: 200,
      remarks: ['Something was left out.'],
      firstChunkAfter: '1 ms',
      inAll: '3 ms',
      headers: { server: 'x' },
      answer: { choices: [] },
    })
  })

  test('has what a stream comes to, and the stream itself when it failed', () => {
    const streamed = { ...exchange, raw: 'data: …', chunks: 7 }
    const shown = JSON.parse(printAnswer(streamed, []))
    assert.deepEqual([shown.chunks, shown.completion.choices.length], [7, 2])
    assert.equal(shown.answer, undefined)
    const failed = JSON.parse(printAnswer({ ...streamed, failure: 'Cut.' }, []))
    assert.deepEqual([failed.failure, failed.answer], ['Cut.', 'data: …'])
  })
})

suite('what of an answer belongs into a document', () => {
  const texts = (text: string, body: unknown, model = '') =>
    insertable(parseCompletion({ choices: [{ text }] }), body, templateOf('auto', model))

  test('each choice, with LF', () => {
    assert.deepEqual(insertable(completion, {}, null), ['ab\nc', 'b'])
  })
  test('no echo of the prompt', () => {
    assert.deepEqual(texts('foo(a', { echo: true, prompt: 'foo(' }), ['a'])
    assert.deepEqual(texts('foo(a', { prompt: 'foo(' }), ['foo(a'])
  })
  test('nothing from a stop sequence or a token of the model’s on', () => {
    assert.deepEqual(texts('a\n\nb', { stop: ['x', '\n\n'] }), ['a'])
    assert.deepEqual(texts('a\n\nb', { stop: '\n' }), ['a'])
    assert.deepEqual(texts('a<|fim_middle|>b', null, 'qwen2.5-coder'), ['a'])
  })
})
