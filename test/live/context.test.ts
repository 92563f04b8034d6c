import assert from 'node:assert/strict'
import { isError } from '../support/wording.ts'
import { useLiveClient, whole } from './client.ts'
import { useLlama } from './llamaServer.ts'

/** More than 1,024 tokens in every known tokenizer, and within the default of `infill.contextTokens` */
const LONG = Array.from({ length: 800 }, (_, line) => `x${line} = ${line}\n`).join('')

suite('live: a context of 1,024 tokens per slot', () => {
  const server = useLlama({ context: 2048, slots: 2 })
  const client = useLiveClient()

  for (const suffix of ['\n}\n', '']) {
    test(`a longer prompt ${suffix === '' ? 'without' : 'with'} suffix is refused`, async () => {
      const running = client().complete({ prompt: LONG, suffix }, { endpoint: server().endpoint })
      await assert.rejects(
        whole(running),
        isError('context_length', /exceeds the available context size \(1024 tokens\)/),
      )
    })
  }
})
