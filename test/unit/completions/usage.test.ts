import assert from 'node:assert/strict'
import type { Usage } from '../../../src/completions/index.ts'
import { DONE, event, STOP, stream, text } from '../../support/answers.ts'
import { read, REQUEST, useConnections } from './support.ts'

function usage(completion_tokens: number, prompt_tokens = 10): Usage {
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: null,
    completion_tokens_details: null,
  }
}

function chunkWith(totals: Usage): string {
  return event({ choices: [{ text: 'a' }], usage: totals })
}

suite('Completions: usage', () => {
  const connect = useConnections()
  /** Of each chunk of a stream, and of the whole that is collected from the same stream */
  const run = async (...pieces: string[]) => {
    const { client } = await connect(stream(...pieces))
    const { chunks, error } = await read(client.createStreaming(REQUEST))
    assert.equal(error, undefined)
    const whole = await client.create(REQUEST)
    return { each: chunks.map((chunk) => chunk.usage), last: whole.usage }
  }
  test('arrives in a separate chunk without choices, after chunks with null', async () => {
    const choices = [{ text: 'a', finish_reason: 'stop' }]
    const before = event({ choices, usage: null })
    const { each, last } = await run(before, event({ choices: [], usage: usage(2) }), DONE)
    assert.deepEqual(each, [null, usage(2)])
    assert.deepEqual(last, usage(2))
  })

  test('arrives in a chunk without a list of choices', async () => {
    const { last } = await run(text('a', 'stop'), event({ usage: usage(2) }), DONE)
    assert.deepEqual(last, usage(2))
  })

  test('arrives with the last choice', async () => {
    const choices = [{ text: 'a', finish_reason: 'stop' }]
    const { last } = await run(event({ choices, usage: usage(2) }), DONE)
    assert.deepEqual(last, usage(2))
  })

  test('arrives with every chunk as running totals: the last one counts', async () => {
    const pieces = [usage(0, 0), usage(1), usage(2)].map(chunkWith)
    const { each, last } = await run(...pieces, STOP, DONE)
    assert.deepEqual(each, [usage(0, 0), usage(1), usage(2), null])
    assert.deepEqual(last, usage(2))
  })

  test('can be missing', async () => {
    assert.equal((await run(text('a', 'stop'), DONE)).last, null)
  })

  test('has a total even when the server omits it', async () => {
    const counts = { prompt_tokens: 10, completion_tokens: 2 }
    const { last } = await run(STOP, event({ choices: [], usage: counts }))
    assert.deepEqual(last, usage(2))
  })

  test('has the cached tokens of DeepSeek and llama.cpp', async () => {
    const cached = { ...usage(2), prompt_tokens_details: { cached_tokens: 8 } }
    const { prompt_tokens, completion_tokens } = usage(2)
    const counts = { prompt_tokens, completion_tokens }
    const deepseek = { ...counts, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 2 }
    assert.deepEqual((await run(STOP, event({ choices: [], usage: deepseek }))).last, cached)
    const llamacpp = { choices: [], usage: counts, timings: { cache_n: 8, prompt_n: 2 } }
    assert.deepEqual((await run(STOP, event(llamacpp))).last, cached)
    // Where there is the field of the API, it counts.
    const both = {
      ...deepseek,
      prompt_cache_hit_tokens: 3,
      prompt_tokens_details: { cached_tokens: 8 },
    }
    assert.deepEqual((await run(STOP, event({ choices: [], usage: both }))).last, cached)
  })

  test('has details, of which numbers are kept', async () => {
    const details = {
      prompt_tokens_details: { cached_tokens: 8, audio_tokens: null },
      completion_tokens_details: { reasoning_tokens: 0, new_in_2027: 1, note: 'x' },
    }
    const { last } = await run(STOP, event({ choices: [], usage: { ...usage(2), ...details } }))
    assert.deepEqual(last, {
      ...usage(2),
      prompt_tokens_details: { cached_tokens: 8 },
      completion_tokens_details: { reasoning_tokens: 0, new_in_2027: 1 },
    })
  })
})
