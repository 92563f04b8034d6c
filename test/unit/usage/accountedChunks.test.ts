import assert from 'node:assert/strict'
import { CompletionError } from '../../../src/completions/errors.ts'
import type { CompletionChunk } from '../../../src/completions/types.ts'
import { accountedChunks } from '../../../src/usage/accountedChunks.ts'
import type { EndedRun } from '../../../src/usage/accounting.ts'
import { NO_USAGE } from '../../../src/usage/session.ts'

const settings = { prices: {}, monthlyBudget: 0 }

function chunk(text: string, finish_reason: string | null = null): CompletionChunk {
  return {
    id: null,
    object: null,
    created: null,
    model: null,
    system_fingerprint: null,
    choices: [{ index: 0, text, finish_reason, logprobs: null }],
    usage: null,
  }
}

/** What is recorded of these chunks, read up to a number of them */
async function recorded(chunks: AsyncIterable<CompletionChunk>, most = Infinity) {
  const runs: EndedRun[] = []
  const record = (run: EndedRun) => {
    runs.push(run)
    return { dollars: null, session: NO_USAGE }
  }
  const options = { accounting: { record }, settings, endpoint: 'x', model: 'm', sent: 30 }
  let read = 0
  let error: unknown
  try {
    for await (const { choices } of accountedChunks(chunks, options)) {
      read += choices.length
      if (read >= most) break
    }
  } catch (thrown) {
    error = thrown
  }
  const [run, ...others] = runs
  assert.equal(others.length, 0)
  const { outcome, end, cost } = run!
  return { said: [outcome, end, cost.prompt_tokens, cost.completion_tokens], error }
}

async function* three(): AsyncGenerator<CompletionChunk, void, undefined> {
  yield chunk('abc')
  yield chunk('def')
  yield chunk('', 'length')
}

async function* failing(text: string): AsyncGenerator<CompletionChunk, void, undefined> {
  if (text !== '') yield chunk(text)
  throw new CompletionError('cut', { id: 'unfinishedStream' })
}

suite('accounted chunks', () => {
  test('are recorded when they have ended', async () => {
    assert.deepEqual((await recorded(three())).said, ['finished', 'length', 10, 2])
  })

  test('are recorded when the reader leaves', async () => {
    assert.deepEqual((await recorded(three(), 1)).said, ['cancelled', 'cancelled', 10, 1])
  })

  test('are recorded when they fail; without text, they cost nothing', async () => {
    const { said, error } = await recorded(failing('abc'))
    assert.deepEqual(said, ['failed', 'cut', 10, 1])
    assert.ok(error instanceof CompletionError)
    assert.deepEqual((await recorded(failing(''))).said, ['failed', 'cut', 0, 0])
  })
})
