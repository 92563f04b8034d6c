import assert from 'node:assert/strict'
import { CompletionError, type CompletionErrorKind } from '../../../src/completions/errors.ts'
import { english } from '../../../src/ui/translate.ts'
import { errorMessage } from '../../../src/ui/wording.ts'

suite('advice', () => {
  const cases: [kind: CompletionErrorKind, status: number, advice: RegExp | null][] = [
    ['context_length', 400, /Lower infill\.contextTokens/],
    ['context_length', 413, /Lower infill\.contextTokens/],
    ['rejected', 400, null],
    ['authentication', 401, null],
    ['quota', 402, /your plan and billing/],
    ['authentication', 403, /does not have permission/],
    ['not_found', 404, /infill\.endpoint.*infill\.model/],
    ['proxy', 407, /http\.proxyAuthorization/],
    ['proxy', 503, /http\.proxy/],
    ['rejected', 408, /Try again/],
    ['rejected', 422, /field/],
    ['rate_limit', 429, /Wait a moment/],
    ['quota', 429, /your plan and billing/],
    ['rejected', 499, /Try again/],
    ['server', 500, null],
    ['server', 501, /infill\.server/],
    ['server', 503, /loading its model/],
    ['server', 529, /busy/],
    ['certificate', 0, /infill\.http\.caFile/],
    ['timeout', 0, /infill\.firstTokenTimeout/],
    ['internal', 0, null],
  ]
  for (const [kind, status, advice] of cases) {
    test(`for ${kind}${status === 0 ? '' : ` with ${status}`}`, () => {
      const problem = { id: 'reportedError', host: 'h', said: 'no' } as const
      const error = new CompletionError(kind, problem, status === 0 ? {} : { status })
      const message = errorMessage(error, english)
      if (advice === null) assert.equal(message, 'h reported an error: no')
      else assert.match(message, new RegExp(`^h reported an error: no\\. .*${advice.source}.*\\.$`))
    })
  }

  test('says that the completions models of OpenAI have ended', () => {
    const at = (host: string, status: number, said: string): string =>
      errorMessage(
        new CompletionError(
          status === 404 ? 'not_found' : 'rejected',
          { id: 'httpStatus', host, status, said },
          { status },
        ),
        english,
      )
    const ended = /OpenAI no longer has models for completions\. Use .*infill\.suffix/
    const missing = 'The model `gpt-3.5-turbo-instruct` has been deprecated'
    assert.match(at('api.openai.com', 404, missing), ended)
    assert.match(at('api.openai.com', 400, missing), ended)
    assert.match(at('api.openai.com', 404, 'This is a chat model'), ended)
    assert.doesNotMatch(at('api.openai.com', 400, 'n is too large'), ended)
    assert.doesNotMatch(at('api.example.com', 404, missing), ended)
  })

  test('follows the end of a sentence', () => {
    const problem = { id: 'reportedError', host: 'h', said: 'It is over.' } as const
    const message = errorMessage(new CompletionError('quota', problem), english)
    assert.match(message, /: It is over\. Check /)
  })
})
