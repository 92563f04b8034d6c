import { DONE, event, json, stream, text } from '../../../support/answers.ts'
import { lines, testAnswers, usage, type Answered } from './support.ts'

const azureFiltered = { severity: 'safe', filtered: false }
const ollamaZero = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
const ollamaEnd = { done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 2 }

/** Servers whose responses differ from those of the completions API, at least sometimes */
const OWN: readonly Answered[] = [
  [
    'Azure starts with filter results and no choices',
    'azure',
    'field',
    stream(
      event({ choices: [], prompt_filter_results: [{ prompt_index: 0, hate: azureFiltered }] }),
      text('a'),
      event({
        choices: [
          { index: 0, text: '', finish_reason: 'content_filter', content_filter_results: {} },
        ],
      }),
      DONE,
    ),
    ['a', 'content_filter', null],
  ],
  [
    'Ollama reports zero usage until the end',
    'ollama',
    'field',
    stream(
      event({ choices: [{ text: 'a', index: 0, finish_reason: null }], usage: ollamaZero }),
      event({ choices: [{ text: '', index: 0, finish_reason: 'length' }], usage: ollamaZero }),
      event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } }),
      DONE,
    ),
    ['a', 'length', usage(9, 2)],
  ],
  [
    'Ollama’s own API, line by line',
    'ollama',
    'template',
    lines(
      { model: 'm', created_at: '2026-01-01T00:00:00Z', response: 'a', done: false },
      { model: 'm', created_at: '2026-01-01T00:00:01Z', response: 'b', done: false },
      { model: 'm', response: '', ...ollamaEnd, context: [1, 2], total_duration: 5 },
    ),
    ['ab', 'stop', usage(9, 2)],
  ],
  [
    'Ollama’s own API omits the count of a cached prompt',
    'ollama',
    'off',
    lines({ response: 'a', done: true, done_reason: 'length', eval_count: 1 }),
    ['a', 'length', null],
  ],
  [
    'Ollama’s own API, before it had done_reason',
    'ollama',
    'off',
    lines({ response: 'a', done: false }, { response: '', done: true }),
    ['a', 'stop', null],
  ],
  [
    'llama.cpp’s /infill, which ends without [DONE]',
    'llamacpp',
    'field',
    stream(
      event({ index: 0, content: 'a', stop: false, tokens_predicted: 1, tokens_evaluated: 9 }),
      event({
        index: 0,
        content: '',
        stop: true,
        stop_type: 'eos',
        tokens_predicted: 2,
        tokens_evaluated: 9,
        timings: { cache_n: 7, prompt_n: 2 },
      }),
    ),
    ['a', 'stop', usage(9, 2, 7)],
  ],
  [
    'llama.cpp’s /infill, before it had stop_type',
    'llamacpp',
    'field',
    stream(event({ content: 'a', stop: true, stopped_word: true, stopped_limit: false })),
    ['a', 'stop', null],
  ],
  [
    'llama.cpp’s /infill, stopped at the limit',
    'llamacpp',
    'field',
    stream(event({ content: 'a', stop: true, stop_type: 'limit', truncated: true })),
    ['a', 'length', null],
  ],
  [
    'Mistral sends the text as a chat delta',
    'mistral',
    'field',
    stream(
      event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] }),
      event({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] }),
      event({
        choices: [{ index: 0, delta: { content: 'b' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      }),
      DONE,
    ),
    ['ab', 'stop', usage(9, 2)],
  ],
  [
    'Vertex AI sends what Mistral sends',
    'vertex',
    'field',
    stream(
      event({ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] }),
      event({
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'length' }],
        usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
      }),
      DONE,
    ),
    ['a', 'length', usage(9, 1)],
  ],
  [
    'LocalAI ends with an empty choice',
    'localai',
    'off',
    stream(text('Internal error: is what the code says'), text('', 'stop'), DONE),
    ['Internal error: is what the code says', 'stop', null],
  ],
  [
    'Tabby does not stream, and sends no finish_reason',
    'tabby',
    'field',
    json({ id: 'cmpl-1', choices: [{ index: 0, text: 'a' }], mode: 'standard' }),
    ['a', 'stop', null],
  ],
]

suite('Servers: responses of other APIs', () => {
  testAnswers(OWN)
})
