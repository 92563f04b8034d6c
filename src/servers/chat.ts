import { bearer, join, type Dialect } from '../completions/dialect.ts'
import { isFields, type Fields } from '../completions/fields.ts'
import { parseCompletion } from '../completions/parse.ts'
import type { CompletionRequest } from '../completions/types.ts'
import { onePrompt, renameFields, type FieldNames } from './profiles/encoding.ts'

/**
 * The chat API (OpenAI API reference, "Chat Completions", 2026-08) for models that have no completions
 * route. The prompt and the suffix become a message that asks for the text between them.
 */
export const chatDialect: Dialect = {
  url: (base) => join(base, 'chat/completions'),
  authorization: bearer,
  encode: (request, stream, base) => ({
    ...renameFields(request, namesAt(base)),
    ...logprobsIn(request),
    messages: messagesFor(onePrompt(request), request.suffix ?? ''),
    stream,
    ...(stream && renameFields(request, { stream_options: 'stream_options' })),
  }),
  // Chunks with a `delta` and completions with a `message` are read like those with a text.
  decode: (value) => parseCompletion(withPlainContent(value)),
  framing: 'events',
}

/** The fields that both APIs have. `best_of` and `echo` have no equal. */
const NAMES: FieldNames = {
  model: 'model',
  max_tokens: 'max_tokens',
  temperature: 'temperature',
  top_p: 'top_p',
  n: 'n',
  stop: 'stop',
  presence_penalty: 'presence_penalty',
  frequency_penalty: 'frequency_penalty',
  logit_bias: 'logit_bias',
  seed: 'seed',
  user: 'user',
}

/** OpenAI's newer models refuse `max_tokens`; other servers may not know the newer name. */
function namesAt(base: URL | undefined): FieldNames {
  const isOpenAi = /(^api\.openai\.com|\.azure\.(com|us|cn))$/.test(base?.hostname ?? '')
  return isOpenAi ? { ...NAMES, max_tokens: 'max_completion_tokens' } : NAMES
}

/** A number in the completions API is a switch and a number here. */
function logprobsIn({ logprobs }: CompletionRequest): object {
  return logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }
}

const TASK = [
  'You insert text at the cursor of an editor.',
  'The user sends a part of a file, in which one mark stands for the cursor.',
  'Answer with the text that replaces the mark, exactly as it belongs into the file,',
  'with its line breaks and its indentation.',
  'Do not repeat the text before or after the mark. Do not explain. Do not use code fences.',
]

function messagesFor(prompt: string, suffix: string): { role: string; content: string }[] {
  const mark = markFor(prompt + suffix)
  return [
    { role: 'system', content: [...TASK, `The mark is ${mark}`].join('\n') },
    { role: 'user', content: `${prompt}${mark}${suffix}` },
  ]
}

/** A mark that the text does not contain */
function markFor(text: string): string {
  for (let number = 0; ; number++) {
    const mark = `<|CURSOR${number === 0 ? '' : number}|>`
    if (!text.includes(mark)) return mark
  }
}

/** Some models answer in parts, of which those of the type `text` belong to the answer. */
function withPlainContent(value: unknown): unknown {
  if (!isFields(value) || !Array.isArray(value['choices'])) return value
  return { ...value, choices: value['choices'].map(withPlainText) }
}

function withPlainText(choice: unknown): unknown {
  if (!isFields(choice)) return choice
  const plain = (name: string): Fields => {
    const message = choice[name]
    if (!isFields(message) || !Array.isArray(message['content'])) return {}
    return { [name]: { ...message, content: message['content'].map(textOfPart).join('') } }
  }
  return { ...choice, ...plain('delta'), ...plain('message') }
}

function textOfPart(part: unknown): string {
  return isFields(part) && part['type'] === 'text' && typeof part['text'] === 'string'
    ? part['text']
    : ''
}
