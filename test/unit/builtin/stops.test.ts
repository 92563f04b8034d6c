import assert from 'node:assert/strict'
import { complete } from '../../../src/builtin/complete.ts'
import { parseRequest } from '../../../src/builtin/request.ts'
import { config, knowledgeOf } from './model.ts'

const knowledge = knowledgeOf([config])
const { signal } = new AbortController()

/** The texts of the chunks of a streamed choice */
async function parts(stop: readonly string[]): Promise<string[]> {
  const body = { prompt: 'export function ar', temperature: 0, max_tokens: 99, stop, stream: true }
  const texts: string[] = []
  const request = parseRequest(body, 'workspace', 300)
  for await (const { choices } of complete(knowledge, request, signal)) {
    for (const { text } of choices) texts.push(text)
  }
  return texts
}

suite('Built-in endpoint: stop sequences', () => {
  const expected = 'ea(width, height) {\n  return width * height\n}'

  test('are optional', async () => assert.equal((await parts([])).join(''), expected))

  test('end the text before them, at any position relative to the tokens', async () => {
    for (let start = 0; start < expected.length; start++) {
      for (const length of [1, 2, 3, 5, 9, 20]) {
        const stop = expected.slice(start, start + length)
        const texts = await parts([stop])
        assert.equal(
          texts.join(''),
          expected.slice(0, expected.indexOf(stop)),
          JSON.stringify(stop),
        )
      }
    }
  }).timeout(20_000)

  test('end the text before the first of several', async () =>
    assert.equal((await parts(['return', 'height', 'th, h'])).join(''), 'ea(wid'))

  test('hold back only tokens that may begin a stop sequence', async () => {
    const [all, held] = [await parts([]), await parts(['(width, weight'])]
    assert.equal(held.join(''), expected)
    // The call is held back until it cannot match. After that, every token is a chunk again.
    assert.deepEqual(held.slice(0, 2), ['ea', '(width, height'])
    assert.deepEqual(held.slice(2), all.slice(6))
  })
})
