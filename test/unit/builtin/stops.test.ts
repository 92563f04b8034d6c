import assert from 'node:assert/strict'
import { complete } from '../../../src/builtin/complete.ts'
import { parseRequest } from '../../../src/builtin/request.ts'
import { config, knowledgeOf } from './model.ts'

const knowledge = knowledgeOf([config])
const { signal } = new AbortController()

/** The texts of the parts of a choice. */
async function parts(stop: readonly string[]): Promise<string[]> {
  const body = { prompt: 'export function ar', temperature: 0, max_tokens: 99, stop, stream: true }
  const texts: string[] = []
  const request = parseRequest(body, 'workspace', 300)
  for await (const { choices } of complete(knowledge, request, signal)) {
    for (const { text } of choices) texts.push(text)
  }
  return texts
}

suite('builtin stop sequences', () => {
  const answer = 'ea(width, height) {\n  return width * height\n}'

  test('are not needed', async () => assert.equal((await parts([])).join(''), answer))

  test('end the text before them, however they lie over the tokens, and hold back no more', async () => {
    for (let start = 0; start < answer.length; start++) {
      for (const length of [1, 2, 3, 5, 9, 20]) {
        const stop = answer.slice(start, start + length)
        const texts = await parts([stop])
        assert.equal(texts.join(''), answer.slice(0, answer.indexOf(stop)), JSON.stringify(stop))
      }
    }
  }).timeout(20_000)

  test('end at the first of several', async () =>
    assert.equal((await parts(['return', 'height', 'th, h'])).join(''), 'ea(wid'))

  test('hold back only the tokens that may be their beginning', async () => {
    const [all, held] = [await parts([]), await parts(['(width, weight'])]
    assert.equal(held.join(''), answer)
    // The call waits until it is sure; from there on every token is a part again.
    assert.deepEqual(held.slice(0, 2), ['ea', '(width, height'])
    assert.deepEqual(held.slice(2), all.slice(6))
  })
})
