import assert from 'node:assert/strict'
import { templateOf } from '../../../src/infill/templates.ts'
import { parseCompletion } from '../../../src/completions/parse.ts'
import { insertable } from '../../../src/generation/insertable.ts'

const completion = parseCompletion({ choices: [{ text: 'ab\r\nc' }, { text: 'b' }] })
suite('insertable text', () => {
  const texts = (text: string, body: unknown, model = '') =>
    insertable(parseCompletion({ choices: [{ text }] }), body, templateOf('auto', model))

  test('is the text of each choice, with LF', () => {
    assert.deepEqual(insertable(completion, {}, null), ['ab\nc', 'b'])
  })
  test('has no echo of the prompt', () => {
    assert.deepEqual(texts('foo(a', { echo: true, prompt: 'foo(' }), ['a'])
    assert.deepEqual(texts('foo(a', { prompt: 'foo(' }), ['foo(a'])
  })
  test('has no code fences in answers to messages', () => {
    assert.deepEqual(texts('Sure:\n```js\na\n```', { messages: [] }), ['a'])
    assert.deepEqual(texts('Sure:\n```js\na\n```', {}), ['Sure:\n```js\na\n```'])
  })
  test('ends before a stop sequence or a token of the model', () => {
    assert.deepEqual(texts('a\n\nb', { stop: ['x', '\n\n'] }), ['a'])
    assert.deepEqual(texts('a\n\nb', { stop: '\n' }), ['a'])
    assert.deepEqual(texts('a<|fim_middle|>b', null, 'qwen2.5-coder'), ['a'])
  })
})
