import assert from 'node:assert/strict'
import { SHORT, useLiveClient, whole } from './client.ts'
import { useLlama } from './llamaServer.ts'

/** More than 1,024 tokens in every known tokenizer, and within the default of `infill.contextTokens` */
const LONG = Array.from({ length: 800 }, (_, line) => `x${line} = ${line}\n`).join('')

suite('live: a context of 1,024 tokens per slot', () => {
  const server = useLlama({ context: 2048, slots: 2 })
  const client = useLiveClient()

  for (const suffix of ['\n}\n', '']) {
    test(`a longer prompt ${suffix === '' ? 'without' : 'with'} suffix is cut to fit the slot`, async () => {
      const values = { ...SHORT, endpoint: server().endpoint }
      const first = await whole(client().complete({ prompt: LONG, suffix }, values))
      assert.match(first.texts[0] ?? '', /^[a-z]+$/)
      const sent = client().requests.length
      const second = await whole(client().complete({ prompt: LONG, suffix }, values))
      assert.match(second.texts[0] ?? '', /^[a-z]+$/)
      // The length is remembered, and reported once. The characters per token are not: the editor
      // measures them from usage.
      assert.ok(client().requests.length <= sent + 2)
      assert.equal(client().notices.length, 1)
    })
  }
})
