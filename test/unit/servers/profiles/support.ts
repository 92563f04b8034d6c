import assert from 'node:assert/strict'
import { completionsDialect, type Dialect, type Usage } from '../../../../src/completions/index.ts'
import type { ServerId, SuffixMode } from '../../../../src/servers/profile.ts'
import { profileOf } from '../../../../src/servers/profiles/index.ts'
import { page } from '../../../support/answers.ts'
import type { Answer } from '../../../support/sseServer.ts'
import { read, REQUEST, useConnections } from '../../completions/support.ts'

/** The dialect of a profile in a way, and with that path in place of the scripted server's. */
export function dialectOf(id: ServerId, way: SuffixMode, path = '/v1'): Dialect {
  const dialect = profileOf(id).dialects?.[way] ?? completionsDialect
  return { ...dialect, url: (base, request) => dialect.url(new URL(path, base), request) }
}

/** Lines of JSON, as Ollama's own API has them */
export function lines(...values: object[]): Answer {
  const body = values.map((each) => `${JSON.stringify(each)}\n`).join('')
  return page(body, 200, 'application/x-ndjson')
}

export function usage(prompt_tokens: number, completion_tokens: number, cached?: number): Usage {
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: cached === undefined ? null : { cached_tokens: cached },
    completion_tokens_details: null,
  }
}

/** What a server answers, and what becomes of it: with the last usage that any chunk has */
export type Answered = readonly [
  name: string,
  id: ServerId,
  way: SuffixMode,
  answer: Answer,
  expected: readonly [text: string, finish_reason: string | null, usage: Usage | null],
]

/** To be called in a suite: a test for each, as a stream and as a whole. */
export function testAnswers(table: readonly Answered[]): void {
  const connect = useConnections()
  for (const [name, id, way, answer, expected] of table) {
    test(name, async () => {
      const { client } = await connect(answer, { dialect: dialectOf(id, way) })
      const { chunks, text, error } = await read(client.createStreaming(REQUEST))
      assert.equal(error, undefined)
      const reasons = chunks.flatMap(({ choices }) => choices.map((each) => each.finish_reason))
      const last = chunks.findLast((chunk) => chunk.usage !== null)?.usage ?? null
      assert.deepEqual([text, reasons.findLast((each) => each !== null) ?? null, last], expected)
      const whole = await client.create(REQUEST)
      const [choice] = whole.choices
      assert.deepEqual([choice?.text, choice?.finish_reason, whole.usage], expected)
    })
  }
}
