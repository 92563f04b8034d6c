import assert from 'node:assert/strict'
import { completionsDialect, type Dialect, type Usage } from '../../../../src/completions/index.ts'
import type { ServerId, SuffixMode } from '../../../../src/servers/profile.ts'
import { dialectOf as profileDialect } from '../../../../src/servers/dialectOf.ts'
import { profileOf } from '../../../../src/servers/profiles/index.ts'
import { page } from '../../../support/answers.ts'
import type { Answer } from '../../../support/sseServer.ts'
import { read, REQUEST, useConnections } from '../../completions/support.ts'

/** The dialect of a profile for a mode. Its URL uses that path on the scripted server. */
export function dialectOf(id: ServerId, mode: SuffixMode, path = '/v1'): Dialect {
  const dialect = profileDialect(profileOf(id), mode) ?? completionsDialect
  return {
    ...dialect,
    url: (base, request, isStreamed) => dialect.url(new URL(path, base), request, isStreamed),
    encode: (request, isStreamed, base) =>
      dialect.encode(request, isStreamed, new URL(path, base ?? 'http://127.0.0.1')),
  }
}

/** A response of JSON lines, as in Ollama's own API */
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

/** A response, and the resulting text, finish_reason and last usage */
export type Answered = readonly [
  name: string,
  id: ServerId,
  mode: SuffixMode,
  answer: Answer,
  expected: readonly [text: string, finish_reason: string | null, usage: Usage | null],
]

/** Defines a test for each response, streamed and whole. To be called within a suite. */
export function testAnswers(table: readonly Answered[]): void {
  const connect = useConnections()
  for (const [name, id, mode, answer, expected] of table) {
    test(name, async () => {
      const { client } = await connect(answer, { dialect: dialectOf(id, mode) })
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
