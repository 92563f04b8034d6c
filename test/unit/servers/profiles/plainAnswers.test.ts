import { DONE, event, stream, text } from '../../../support/answers.ts'
import { testAnswers, usage, type Answered } from './support.ts'

const kobold = { id: 'koboldcpp', object: 'text_completion', created: 1, model: 'koboldcpp/m' }

/** Servers whose responses are those of the completions API with additions */
const PLAIN: readonly Answered[] = [
  [
    'DeepSeek sends keep-alive comments while the request is queued',
    'deepseek',
    'field',
    stream(': keep-alive\n\n', ': keep-alive\n\n', text('a', 'stop'), DONE),
    ['a', 'stop', null],
  ],
  [
    'OpenRouter sends comments while it is processing',
    'openrouter',
    'field',
    stream(': OPENROUTER PROCESSING\n\n', text('a', 'stop'), DONE),
    ['a', 'stop', null],
  ],
  [
    'vLLM omits fields that are not set',
    'vllm',
    'template',
    stream(
      event({ id: 'cmpl-1', choices: [{ index: 0, text: 'a', stop_reason: null }] }),
      event({ choices: [{ index: 0, text: '', finish_reason: 'stop', stop_reason: 7 }] }),
      event({ choices: [], usage: { prompt_tokens: 9, total_tokens: 11, completion_tokens: 2 } }),
      DONE,
    ),
    ['a', 'stop', usage(9, 2)],
  ],
  [
    'SGLang adds matched_stop',
    'sglang',
    'field',
    stream(
      event({ choices: [{ index: 0, text: 'a', matched_stop: null, finish_reason: null }] }),
      event({ choices: [{ index: 0, text: '', matched_stop: 2, finish_reason: 'abort' }] }),
      DONE,
    ),
    ['a', 'abort', null],
  ],
  [
    'KoboldCpp sends logprobs after all text, then closes the connection',
    'koboldcpp',
    'off',
    stream(
      event({ ...kobold, choices: [{ index: 0, text: 'a', finish_reason: null }] }),
      event({ ...kobold, choices: [{ index: 0, text: '', finish_reason: 'length' }] }),
      event({
        ...kobold,
        choices: [{ index: 0, text: '', finish_reason: 'length', logprobs: { content: [] } }],
      }),
      DONE,
    ),
    ['a', 'length', null],
  ],
  [
    'text-generation-webui sends ping comments',
    'textgen',
    'off',
    stream(': ping - 2026-01-01 00:00:00\r\n\r\n', text('a', 'stop'), DONE),
    ['a', 'stop', null],
  ],
  [
    'Together duplicates the text and uses another finish_reason',
    'together',
    'off',
    stream(
      event({
        object: 'completion.chunk',
        choices: [{ index: 0, text: 'a', delta: { content: 'a' }, finish_reason: null }],
        token: { id: 1, text: 'a', logprob: 0 },
        usage: null,
      }),
      event({
        choices: [{ index: 0, delta: { content: 'b' }, finish_reason: 'eos' }],
        usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      }),
      DONE,
    ),
    ['ab', 'eos', usage(9, 2)],
  ],
  [
    'Fireworks adds performance metrics',
    'fireworks',
    'off',
    stream(
      text('a'),
      event({
        choices: [{ index: 0, text: '', finish_reason: 'length' }],
        usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
        perf_metrics: { 'server-time': 1 },
      }),
      DONE,
    ),
    ['a', 'length', usage(9, 2)],
  ],
  [
    'Inception sends several lines at once',
    'inception',
    'field',
    stream(text('a\n\nb'), text('', 'stop'), DONE),
    ['a\n\nb', 'stop', null],
  ],
  [
    'SiliconFlow has usage in every chunk',
    'siliconflow',
    'field',
    stream(
      event({
        choices: [{ index: 0, text: 'a', finish_reason: null }],
        usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
      }),
      event({
        choices: [{ index: 0, text: '', finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
      }),
      DONE,
    ),
    ['a', 'stop', usage(9, 2)],
  ],
  [
    'LiteLLM forwards a chat response',
    'litellm',
    'off',
    stream(event({ choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }] }), DONE),
    ['a', 'stop', null],
  ],
]

suite('Servers: responses of the completions API', () => {
  testAnswers(PLAIN)
})
