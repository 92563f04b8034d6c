import assert from 'node:assert/strict'
import { BOUNDS, ratiosOf, timesOf } from '../../bench/clientSpeed.ts'

suite('Completions: speed', () => {
  test('is near that of the parser, and above that of the openai client', async function () {
    this.timeout(30_000)
    this.retries(1)
    await timesOf(5_000, 2)
    const { parser, openai } = ratiosOf(await timesOf(20_000, 5))
    assert.ok(parser <= BOUNDS.parser * 1.25, `${parser} × the time of the parser`)
    assert.ok(openai >= BOUNDS.openai, `${openai} × as fast as openai`)
  })
})
