import assert from 'node:assert/strict'
import type { Fitted } from '../../../src/generation/contextFit.ts'
import { DONE, json, stream, text } from '../../support/answers.ts'
import { type Answer } from '../../support/sseServer.ts'
import { capabilitiesOf, generationFrom, piecesOf, useServed } from './support.ts'

const LINES = Array.from({ length: 400 }, (_, index) => `line ${index}`).join('\n')
const CONTEXT = { prompt: `${LINES}\nfoo(`, suffix: `)\n${LINES}` }
const MAX_TOKENS = 100

interface Sent {
  prompt: string
  suffix?: string
  max_tokens: number
}

/** How many tokens a request needs on a server whose tokens have this many characters */
const needs = ({ prompt, suffix = '', max_tokens }: Sent, perToken: number): number =>
  Math.ceil((prompt.length + suffix.length) / perToken) + max_tokens

/** How servers refuse a prompt that is too long */
const REFUSALS: Readonly<Record<string, (needed: number, context: number) => Answer>> = {
  OpenAI: (needed, context) =>
    json(
      {
        error: {
          code: 'context_length_exceeded',
          message: `This model's maximum context length is ${context} tokens, however you requested ${needed} tokens (${needed - MAX_TOKENS} in your prompt; ${MAX_TOKENS} for the completion).`,
        },
      },
      400,
    ),
  'llama.cpp': (needed, context) =>
    json(
      {
        error: {
          code: 400,
          type: 'exceed_context_size_error',
          message: `the request exceeds the available context size (${context} tokens), try increasing it`,
          n_prompt_tokens: needed,
          n_ctx: context,
        },
      },
      400,
    ),
  'llama.cpp 2026': (needed, context) =>
    json(
      {
        error: {
          message: `request (${needed} tokens) exceeds the available context size (${context} tokens), try increasing it`,
        },
      },
      400,
    ),
  vLLM: (needed, context) =>
    json(
      {
        message: `This model's maximum context length is ${context} tokens. However, you requested ${needed} tokens. Please reduce the length of the prompt.`,
      },
      400,
    ),
  TGI: (needed, context) =>
    json(
      {
        error: `Input validation error: \`inputs\` tokens + \`max_new_tokens\` must be <= ${context}. Given: ${needed - MAX_TOKENS} \`inputs\` tokens and ${MAX_TOKENS} \`max_new_tokens\``,
      },
      422,
    ),
  Mistral: (needed, context) =>
    json(
      {
        message: `Prompt contains ${needed} tokens and 0 draft tokens, too large for model with ${context} maximum context length`,
      },
      400,
    ),
  'without numbers': () => json({ error: { message: 'The prompt is too long.' } }, 400),
}

suite('context fit', () => {
  const serve = useServed()

  interface Run {
    sent: Sent[]
    notices: string[]
    fitted: Fitted | null
    text: string
    capabilities: ReturnType<typeof capabilitiesOf>
  }

  async function run(
    respond: (sent: Sent) => Answer | null,
    known: { context?: number } = {},
    capabilities = capabilitiesOf(),
  ): Promise<Run> {
    const sent: Sent[] = []
    const { server, transport } = await serve(({ body }) => {
      sent.push(body as Sent)
      return respond(body as Sent) ?? stream(text('a', 'stop'), DONE)
    })
    const notices: string[] = []
    const options = generationFrom({
      server,
      transport,
      capabilities,
      notices,
      model: 'm',
      settings: { maxTokens: MAX_TOKENS },
    })
    let fitted: Fitted | null = null
    const connection = { ...options.connection, ...known }
    const onFitted = (found: Fitted): void => {
      fitted = found
    }
    let all = ''
    for await (const piece of piecesOf(CONTEXT, { ...options, connection, onFitted })) {
      all += piece.text
    }
    return { sent, notices, fitted, text: all, capabilities }
  }

  for (const [name, refuse] of Object.entries(REFUSALS)) {
    for (const perToken of [3, 1]) {
      test(`${name}: a refused prompt is made to fit, with ${perToken} characters per token`, async () => {
        const limit = 1024
        const result = await run((sent) => {
          const needed = needs(sent, perToken)
          return needed > limit ? refuse(needed, limit) : null
        })
        assert.equal(result.text, 'a')
        const last = result.sent.at(-1)
        assert.ok(last !== undefined && needs(last, perToken) <= limit)
        // Much of what would fit is used.
        const least = name === 'without numbers' ? limit / 6 : limit / 3
        assert.ok(needs(last, perToken) >= least, `${needs(last, perToken)}`)
        assert.ok(last.prompt.endsWith('\nfoo('))
        assert.ok((result.fitted?.omitted.before ?? 0) > 0)
        assert.equal(result.notices.filter((each) => each.includes('limited to')).length, 1)
        assert.ok(result.sent.length <= 7, `${result.sent.length} requests`)
      })
    }
  }

  test('the limit is remembered: the next request fits at once, without a notice', async () => {
    const refuse = REFUSALS['OpenAI']
    const respond = (sent: Sent): Answer | null =>
      needs(sent, 3) > 1024 ? (refuse?.(needs(sent, 3), 1024) ?? null) : null
    const { capabilities } = await run(respond)
    const next = await run(respond, {}, capabilities)
    assert.deepEqual([next.sent.length, next.notices], [1, []])
  })

  test('a limit that the server states is kept without a refusal', async () => {
    const { sent, notices } = await run(() => null, { context: 1024 })
    assert.equal(sent.length, 1)
    assert.ok(needs(sent[0]!, 3) <= 1024)
    assert.deepEqual(notices, ['The context of HOST is limited to 1024 tokens; less text is sent.'])
  })

  test('a context that fits is sent whole', async () => {
    const { sent, notices, fitted } = await run(() => null, { context: 100_000 })
    assert.equal(sent[0]?.prompt, CONTEXT.prompt)
    assert.deepEqual([notices, fitted], [[], null])
  })
})
