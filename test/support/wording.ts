import assert from 'node:assert/strict'
import { CompletionError } from '../../src/completions/errors.ts'
import type { Notice } from '../../src/generation/notices.ts'
import { english } from '../../src/ui/translate.ts'
import { noticeMessage, problemMessage } from '../../src/ui/wording.ts'

/** The sentence that users see for an error, in English, without advice */
export function sentenceOf(error: CompletionError | undefined): string {
  return error === undefined ? 'no error' : problemMessage(error.problem, english)
}

/** The sentence that users see for a notice, in English */
export function noticeText(notice: Notice): string {
  return noticeMessage(notice, english)
}

/** For `assert.throws`: an error of this kind with this sentence */
export function isError(
  kind: CompletionError['kind'],
  sentence: string | RegExp,
): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof CompletionError, String(error))
    assert.equal(error.kind, kind)
    if (typeof sentence === 'string') assert.equal(sentenceOf(error), sentence)
    else assert.match(sentenceOf(error), sentence)
    return true
  }
}
