import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { gapsOf } from '../../../src/evaluation/gaps.ts'
import { measure, NO_CACHE } from '../../../src/evaluation/measure.ts'
import { summaryOf, type Summary } from '../../../src/evaluation/report/summary.ts'
import { globOf } from '../../../src/evaluation/globOf.ts'
import { serveBuiltin } from '../../eval/builtin.ts'
import { readHumanEval } from '../../eval/humanEval.ts'
import { sourcesIn, syntaxOf } from '../../eval/sources.ts'
import { createLiveClient } from '../../live/client.ts'
import { capabilitiesOf } from '../generation/support.ts'

const FOLDER = fileURLToPath(new URL('../../../node_modules/undici', import.meta.url))

/** Measures the built-in endpoint on a small set, which is the same as long as the lockfile is. */
async function figures(confidence: number): Promise<Summary> {
  const gaps = await gapsOf(await sourcesIn(FOLDER), { seed: 1, count: 48 })
  const tasks = [...gaps, ...(await readHumanEval('random-span')).slice(0, 12)]
  const builtin = await serveBuiltin(
    FOLDER,
    gaps.map(({ path }) => globOf(path)),
  )
  const client = await createLiveClient()
  try {
    const settings = client.settings({
      endpoint: builtin.url,
      server: 'builtin',
      temperature: 0,
      maxTokens: 128,
      seed: 1,
      extraBody: { confidence },
    })
    await client.keys.set(new URL(builtin.url).origin, builtin.token)
    const { signal } = new AbortController()
    const results = await measure(tasks, {
      connection: await client.connections.connect(settings, signal),
      settings,
      capabilities: capabilitiesOf(),
      notice: (notice) => assert.fail(notice.id),
      signal,
      syntaxOf: async (language) => syntaxOf(language),
      others: null,
      cache: NO_CACHE,
      // One after the other: what a request teaches the vocabulary depends on their order.
      concurrency: 1,
      check: async () => undefined,
      onRequest: () => undefined,
      onProgress: () => undefined,
    })
    assert.equal(results.length, tasks.length)
    return summaryOf('all', results)
  } finally {
    await client.close()
    await builtin.close()
  }
}

suite('Evaluation: the built-in endpoint', () => {
  test('holds its figures on a small set', async function () {
    this.timeout(60_000)
    const always = await figures(0)
    assert.equal(always.failed, 0)
    const count = (share: number): number => Math.round(share * always.tasks)
    assert.ok(count(always.exact) >= EXACT, `exact: ${count(always.exact)}`)
    assert.ok(always.similarity >= SIMILARITY, `similarity: ${always.similarity.toFixed(3)}`)

    // It says less when it has to be sure, and more of that is kept.
    const sure = await figures(0.9)
    assert.ok(sure.answered < always.answered / 2)
    assert.ok(sure.kept > 2 * always.kept, `${sure.kept.toFixed(3)} and ${always.kept.toFixed(3)}`)
  })
})

/** Of 60 tasks */
const EXACT = 4
const SIMILARITY = 0.25
