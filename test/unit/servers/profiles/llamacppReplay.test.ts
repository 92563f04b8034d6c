import assert from 'node:assert/strict'
import { collect, CompletionError, type Completion } from '../../../../src/completions/index.ts'
import { refusalOf } from '../../../../src/servers/refusals.ts'
import newer from '../../../fixtures/llama-server/2026-09.json' with { type: 'json' }
import newest from '../../../fixtures/llama-server/2026-11-v0.5.0.json' with { type: 'json' }
import older from '../../../fixtures/llama-server/2025-02.json' with { type: 'json' }
import { page } from '../../../support/answers.ts'
import { REQUEST, useConnections } from '../../completions/support.ts'
import { dialectOf } from './support.ts'

/**
 * A recorded response of a version of llama-server. It is replayed through the whole client.
 * The model has random weights, so its text is noise. Requests of 100 KB are not in the recordings.
 * `i-` was sent to `/infill`, `x-` to another path and is not replayed, the others to `/v1/completions`.
 */
interface Exchange {
  name: string
  request: string | null
  status: number
  contentType: string
  body: string
}

/** The result of each: finish_reason, usage, logprobs; or the error, and the field that it refuses */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2025-02': {
    'c-bestof': 'server 500, refuses best_of',
    'c-bias-eos-stream': 'length, 11+8',
    'c-bias-eos': 'length, 11+8',
    'c-bias-word': 'length, 11+4',
    'c-echo-false': 'server 500, refuses echo',
    'c-echo': 'server 500, refuses echo',
    'c-extra-field': 'length, 11+2',
    'c-fim-in-prompt': 'length, 17+8',
    'c-logprobs-stream': 'length, 11+3, 3 logprobs',
    'c-logprobs-true': 'length, 11+2, 2 logprobs',
    'c-logprobs': 'length, 11+3, 3 logprobs',
    'c-maxtok-null': 'length, 11+2',
    'c-model-num': 'length, 11+2',
    'c-model-unknown': 'length, 11+2',
    'c-n2-stream': 'server 500, refuses n',
    'c-n2': 'server 500, refuses n',
    'c-n9': 'server 500, refuses n',
    'c-plain': 'length, 11+16',
    'c-progress-long': 'length, 752+2',
    'c-prompt-list-stream': 'length, 1+2, 2 choices',
    'c-prompt-list': 'length, 2+4, 2 choices',
    'c-prompt-tokens': 'length, 3+2',
    'c-seed-neg': 'length, 11+2',
    'c-seed1': 'length, 11+8',
    'c-seed2': 'length, 11+8',
    'c-stop-5': 'stop, 11+1',
    'c-stop-arr': 'length, 11+64',
    'c-stop-null': 'length, 11+2',
    'c-stop-str': 'length, 11+64',
    'c-stop-stream': 'length, 11+64',
    'c-stream-nousage': 'length, 11+4',
    'c-stream-usage': 'length, 11+4',
    'c-stream': 'length, 11+8',
    'c-suffix-empty': 'server 500, refuses suffix',
    'c-suffix-null': 'server 500, refuses suffix',
    'c-suffix-stream': 'server 500, refuses suffix',
    'c-suffix': 'server 500, refuses suffix',
    'c-timings': 'length, 11+2',
    'e-empty-body': 'server 500',
    'e-json-array': 'server 500',
    'e-json': 'server 500',
    'e-maxtok-float': 'length, 11+2',
    'e-maxtok-neg': 'length, 11+1',
    'e-maxtok-str': 'stop, 11+807',
    'e-maxtok-zero': 'length, 11+1',
    'e-noprompt': 'server 500',
    'e-oversize-stream': 'length, 3666+4',
    'e-oversize': 'length, 3666+4',
    'e-prompt-empty': 'length, 0+807',
    'e-prompt-obj': 'rejected 400',
    'e-temp-neg': 'length, 11+4',
    'e-temp-stream': 'length, 11+4',
    'e-temp': 'length, 11+4',
    'e-topp': 'length, 11+2',
    'i-bad-extra': 'rejected 400',
    'i-extra': 'length, 37+3, 36 cached',
    'i-maxtokens': 'length, 12+3, 0 cached',
    'i-model-oai': 'not_found 404, refuses suffix',
    'i-nosuffix': 'server 500',
    'i-oversize': 'length, 779+2, 8 cached',
    'i-plain': 'length, 24+6, 0 cached',
    'i-stop': 'stop, 12+1, 11 cached',
    'i-stream': 'length, 37+6, 5 cached',
  },
  '2026-09': {
    'c-bestof': 'length, 11+4, 10 cached',
    'c-bias-eos-stream': 'stop, 11+1, 10 cached',
    'c-bias-eos': 'stop, 11+1, 10 cached',
    'c-bias-word': 'length, 11+4, 10 cached',
    'c-echo-false': 'length, 11+4, 10 cached',
    'c-echo': 'length, 11+4, 10 cached',
    'c-extra-field': 'length, 11+2, 10 cached',
    'c-fim-in-prompt': 'length, 17+8, 0 cached',
    'c-logprobs-stream': 'length, 11+3, 10 cached, 3 logprobs',
    'c-logprobs-true': 'length, 11+2, 10 cached, 2 logprobs',
    'c-logprobs': 'length, 11+3, 10 cached, 3 logprobs',
    'c-maxtok-null': 'length, 11+2, 10 cached',
    'c-model-num': 'length, 11+2, 10 cached',
    'c-model-unknown': 'length, 11+2, 10 cached',
    'c-n2-stream': 'length, 11+3, 10 cached, 2 choices',
    'c-n2': 'length, 11+4, 10 cached, 2 choices',
    'c-n9': 'rejected 400, refuses n',
    'c-plain': 'length, 11+16, 0 cached',
    'c-progress-long': 'length, 752+2, 0 cached',
    'c-prompt-list-stream': 'length, 1+2, 0 cached, 2 choices',
    'c-prompt-list': 'length, 1+2, 0 cached, 2 choices',
    'c-prompt-tokens': 'length, 3+2, 0 cached',
    'c-seed-neg': 'length, 11+2, 10 cached',
    'c-seed1': 'length, 11+8, 10 cached',
    'c-seed2': 'length, 11+8, 10 cached',
    'c-stop-5': 'stop, 11+1, 10 cached',
    'c-stop-arr': 'stop, 11+2, 10 cached',
    'c-stop-null': 'length, 11+2, 10 cached',
    'c-stop-str': 'stop, 11+1, 10 cached',
    'c-stop-stream': 'length, 11+64, 10 cached',
    'c-stream-nousage': 'length, 11+4, 10 cached',
    'c-stream-usage': 'length, 11+4, 10 cached',
    'c-stream': 'length, 11+8, 10 cached',
    'c-suffix-empty': 'length, 11+4, 10 cached',
    'c-suffix-null': 'length, 11+4, 10 cached',
    'c-suffix-stream': 'length, 11+8, 10 cached',
    'c-suffix': 'length, 11+8, 10 cached',
    'c-timings': 'length, 11+2, 10 cached',
    'e-empty-body': 'server 500',
    'e-json-array': 'rejected 400',
    'e-json': 'server 500',
    'e-maxtok-float': 'length, 11+2, 10 cached',
    'e-maxtok-neg': 'rejected 400',
    'e-maxtok-str': 'rejected 400',
    'e-maxtok-zero': 'length, 11+1, 10 cached',
    'e-noprompt': 'rejected 400',
    'e-oversize-stream': 'context_length 400',
    'e-oversize': 'context_length 400',
    'e-prompt-empty': 'length, 0+0, 0 cached',
    'e-prompt-obj': 'rejected 400',
    'e-temp-neg': 'length, 11+4, 10 cached',
    'e-temp-stream': 'rejected 400',
    'e-temp': 'rejected 400',
    'e-topp': 'length, 11+2, 10 cached',
    'i-bad-extra': 'rejected 400',
    'i-extra': 'length, 37+3, 36 cached',
    'i-maxtokens': 'length, 12+3, 5 cached',
    'i-model-oai': 'not_found 404, refuses suffix',
    'i-nosuffix': 'server 500',
    'i-oversize': 'length, 779+2, 0 cached',
    'i-plain': 'length, 24+6, 0 cached',
    'i-stop': 'stop, 12+1, 11 cached',
    'i-stream': 'length, 37+6, 5 cached',
    'infill-nofim': 'server 501, refuses suffix',
  },
  // Two slots of 1,024 tokens
  '2026-11 v0.5.0': {
    'c-context-full': 'length, 1016+8, 0 cached',
    'c-grammar-stream': 'stop, 11+6, 10 cached',
    'c-logprobs-stream': 'length, 11+4, 10 cached, 4 logprobs',
    'c-n2-stream': 'length, 11+4, 10 cached, 2 choices',
    'c-n3-stream': 'rejected 400, refuses n',
    'c-plain': 'length, 11+4, 0 cached',
    'c-stream': 'length, 11+4, 10 cached',
    'c-suffix-stream': 'length, 11+4, 10 cached',
    'c-usage-stream': 'length, 11+4, 10 cached',
    'e-context': 'context_length 400',
    'e-context-stream': 'context_length 400',
    'e-grammar-stream': 'rejected 400',
    'e-key-stream': 'authentication 401',
    'e-loading-stream': 'server 503',
    'i-context-stream': 'context_length 400',
    'i-grammar-stream': 'stop, 17+5, 16 cached',
    'i-key-stream': 'authentication 401',
    'i-loading-stream': 'server 503',
    'i-logprobs-stream': 'length, 17+4, 16 cached, 4 logprobs',
    'i-n2-stream': 'length, 17+4, 16 cached, 2 choices',
    'i-nofim-stream': 'server 501, refuses suffix',
    'i-plain': 'length, 17+4, 0 cached',
    'i-stream': 'length, 17+4, 16 cached',
  },
}

function describe({ choices, usage }: Completion): string {
  const reasons = new Set(choices.map(({ finish_reason }) => finish_reason))
  const cached = usage?.prompt_tokens_details?.['cached_tokens']
  const logprobs = choices.flatMap((each) => each.logprobs?.tokens ?? []).length
  return [
    [...reasons].join('/'),
    usage === null ? 'no usage' : `${usage.prompt_tokens}+${usage.completion_tokens}`,
    ...(cached === undefined ? [] : [`${cached} cached`]),
    ...(choices.length === 1 ? [] : [`${choices.length} choices`]),
    ...(logprobs === 0 ? [] : [`${logprobs} logprobs`]),
  ].join(', ')
}

function describeError(error: CompletionError, exchange: Exchange): string {
  const suffix = isInfill(exchange) ? { suffix: ')' } : {}
  const refusal = refusalOf(error, { ...REQUEST, ...fieldsOf(exchange), ...suffix })
  const refused = refusal && ('field' in refusal ? refusal.field : 'suffix')
  return `${error.kind} ${error.status}${refused === null ? '' : `, refuses ${refused}`}`
}

function fieldsOf({ request }: Exchange): { stream?: never } {
  try {
    return JSON.parse(request ?? '{}')
  } catch {
    return {}
  }
}

function isInfill({ name }: Exchange): boolean {
  return name.startsWith('i')
}

/** The text of each choice in the body, parsed independently of the client */
function textsIn(body: string): string[] {
  const texts: string[] = []
  const add = (index: number, text: string) => (texts[index] = (texts[index] ?? '') + text)
  const values = body.startsWith('data: ')
    ? [...body.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => data ?? '')
    : [body]
  for (const value of values.flatMap((each) => [JSON.parse(each)].flat())) {
    if ('content' in value) add(value.index, value.content)
    for (const { index, text } of value.choices ?? []) add(index, text)
  }
  return texts
}

suite('Servers: recorded responses of llama-server', () => {
  const connect = useConnections()

  async function replay(exchange: Exchange): Promise<{ result: string; texts: string[] }> {
    const { status, contentType, body } = exchange
    const { client } = await connect(page(body, status, contentType), {
      dialect: dialectOf('llamacpp', isInfill(exchange) ? 'field' : 'off'),
    })
    const streams = 'stream' in fieldsOf(exchange) || contentType === 'text/event-stream'
    try {
      const whole = await (streams
        ? collect(client.createStreaming(REQUEST))
        : client.create(REQUEST))
      return { result: describe(whole), texts: whole.choices.map(({ text }) => text) }
    } catch (error) {
      assert.ok(error instanceof CompletionError, String(error))
      return { result: describeError(error, exchange), texts: [] }
    }
  }

  const recordings: Readonly<Record<string, readonly Exchange[]>> = {
    '2025-02': older,
    '2026-09': newer,
    '2026-11 v0.5.0': newest,
  }
  for (const [version, exchanges] of Object.entries(recordings)) {
    const replayed = exchanges.filter(({ name }) => !name.startsWith('x-'))
    for (const exchange of replayed) {
      test(`${version} ${exchange.name}`, async () => {
        const { result, texts } = await replay(exchange)
        assert.equal(result, EXPECTED[version]?.[exchange.name])
        assert.deepEqual(texts, exchange.status === 200 ? textsIn(exchange.body) : [])
      })
    }

    test(`${version}: the table lists every recorded response`, () => {
      assert.deepEqual(
        Object.keys(EXPECTED[version] ?? {}),
        replayed.map(({ name }) => name),
      )
    })
  }
})
