import assert from 'node:assert/strict'
import { CompletionError, type CompletionErrorKind } from '../../../src/completions/errors.ts'
import { withAdvice } from '../../../src/ui/advice.ts'

suite('advice', () => {
  const cases: [kind: CompletionErrorKind, status: number | undefined, says: RegExp | null][] = [
    ['context_length', 400, /Lower infill\.contextTokens/],
    ['context_length', 413, /Lower infill\.contextTokens/],
    ['rejected', 400, null],
    ['authentication', 401, null],
    ['quota', 402, /your account/],
    ['authentication', 403, /may not do this/],
    ['not_found', 404, /infill\.endpoint.*infill\.model/],
    ['proxy', 407, /http\.proxyAuthorization/],
    ['proxy', 503, /http\.proxy/],
    ['rejected', 408, /try again/],
    ['rejected', 422, /field/],
    ['rate_limit', 429, /Wait a little/],
    ['quota', 429, /your account/],
    ['rejected', 499, /try again/],
    ['server', 500, null],
    ['server', 501, /infill\.server/],
    ['server', 503, /loading its model/],
    ['server', 529, /too much to do/],
    ['certificate', undefined, /infill\.http\.caFile/],
    ['timeout', undefined, /infill\.firstTokenTimeout/],
    ['internal', undefined, null],
  ]
  for (const [kind, status, says] of cases) {
    test(`for ${kind}${status === undefined ? '' : ` with ${status}`}`, () => {
      const said = withAdvice(new CompletionError(kind, 'It said: no', { status }))
      if (says === null) assert.equal(said, 'It said: no')
      else assert.match(said, new RegExp(`^It said: no\\. .*${says.source}.*\\.$`))
    })
  }

  test('follows the end of a sentence', () => {
    const error = new CompletionError('quota', 'It is over.')
    assert.match(withAdvice(error), /^It is over\. See /)
  })
})
