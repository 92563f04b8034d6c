import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { capabilityStoreIn } from '../../../src/connection/learned/serverCapabilities.ts'
import { gapsOf } from '../../../src/evaluation/gaps.ts'
import { measure, NO_CACHE } from '../../../src/evaluation/measure.ts'
import { summaryOf, type Summary } from '../../../src/evaluation/summary.ts'
import type { Task } from '../../../src/evaluation/task.ts'
import { baseUrl } from '../../../src/settings/endpoint.ts'
import { globOf, serveBuiltin } from '../../eval/builtin.ts'
import { readHumanEval } from '../../eval/humanEval.ts'
import { sourcesIn, syntaxOf } from '../../eval/sources.ts'
import { createLiveClient } from '../../live/client.ts'
import { memory } from '../../support/memory.ts'

/** A package in the version of the lockfile */
const FOLDER = fileURLToPath(new URL('../../../node_modules/mocha/lib', import.meta.url))

/** The figures of the built-in endpoint, as `npm run eval` measures them, for a few tasks */
async function figures(tasks: readonly Task[], confidence: number): Promise<Summary> {
  const paths = new Set(tasks.map(({ path }) => globOf(path)))
  const builtin = await serveBuiltin(FOLDER, [...paths])
  const client = await createLiveClient()
  try {
    const settings = client.settings({
      endpoint: builtin.url,
      server: 'builtin',
      extraBody: { confidence },
      temperature: 0,
      maxTokens: 64,
      seed: 1,
    })
    await client.keys.set(baseUrl(builtin.url).origin, builtin.token)
    const { signal } = new AbortController()
    const results = await measure(tasks, {
      connection: await client.connections.connect(settings, signal),
      settings,
      capabilities: capabilityStoreIn(memory()),
      notice: () => assert.fail('The built-in endpoint supports every field.'),
      syntaxOf: async (language) => syntaxOf(language),
      signal,
      cache: NO_CACHE,
      // One after the other: what a request teaches the vocabulary depends on their order.
      concurrency: 1,
      check: async () => undefined,
      onRequest: () => undefined,
      onProgress: () => undefined,
    })
    return summaryOf('all', results)
  } finally {
    await client.close()
    await builtin.close()
  }
}

/** Held are the figures that were measured last, less what a harmless change of the model costs. */
function atLeast(held: Partial<Record<keyof Summary, number>>, found: Summary): void {
  for (const [name, least] of Object.entries(held)) {
    const value = Object.entries(found).find(([each]) => each === name)?.[1]
    assert.ok(Number(value) >= least, `${name}: ${String(value)}, at least ${least}`)
  }
}

suite('Evaluation: the figures of the built-in endpoint', function () {
  this.timeout(60_000)

  let gaps: Task[]
  suiteSetup(async () => {
    gaps = await gapsOf(await sourcesIn(FOLDER), { seed: 1, count: 40 })
    assert.equal(gaps.length, 40)
  })

  test('are held for gaps of a package that it has read in part', async () => {
    const found = await figures(gaps, 0)
    assert.equal(found.failed, 0)
    console.log(found)
    atLeast({ answered: 0.9, exact: 0, similarity: 0, firstLine: 0, kept: 0 }, found)
  })

  test('are held for what it is sure of', async () => {
    const found = await figures(gaps, 0.9)
    console.log(found)
    atLeast({ answered: 0, kept: 0 }, found)
  })

  test('are held for HumanEval, whose language it has not read', async () => {
    const tasks = (await readHumanEval('random-span')).slice(0, 20)
    const found = await figures(tasks, 0)
    assert.equal(found.failed, 0)
    console.log(found)
    atLeast({ answered: 0.8, similarity: 0 }, found)
  })
})
