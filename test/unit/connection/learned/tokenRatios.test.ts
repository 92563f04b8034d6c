import assert from 'node:assert/strict'
import { tokenRatiosIn } from '../../../../src/connection/learned/tokenRatios.ts'
import { memory } from '../../../support/memory.ts'

const sent = { characters: 4000, promptTokens: 1000 }
const at = (endpoint: string, model: string) => ({ endpoint, model })

suite('characters per token of models', () => {
  test('belong to one model on any server', async () => {
    const ratios = tokenRatiosIn(memory())
    await ratios.learn(at('a', 'm'), sent)
    assert.equal(ratios.of(at('a', 'm')), 3.5)
    assert.equal(ratios.of(at('b', 'm')), 3.5)
    assert.equal(ratios.of(at('a', 'other')), 3)
  })

  test('without a model name, belong to the endpoint', async () => {
    const ratios = tokenRatiosIn(memory())
    await ratios.learn(at('a', ''), sent)
    assert.deepEqual([ratios.of(at('a', '')), ratios.of(at('b', ''))], [3.5, 3])
  })

  test('are kept after the window closes', async () => {
    const kept = memory()
    await tokenRatiosIn(kept).learn(at('a', 'm'), sent)
    assert.equal(tokenRatiosIn(kept).of(at('a', 'm')), 3.5)
  })

  test('are kept for the last fifty models', async () => {
    const ratios = tokenRatiosIn(memory())
    await ratios.learn(at('a', 'first'), sent)
    await ratios.learn(at('a', 'second'), sent)
    for (let each = 0; each < 48; each++) await ratios.learn(at('a', `m${each}`), sent)
    await ratios.learn(at('a', 'first'), sent)
    await ratios.learn(at('a', 'one more'), sent)
    assert.notEqual(ratios.of(at('a', 'first')), 3)
    assert.equal(ratios.of(at('a', 'second')), 3)
    assert.equal(ratios.of(at('a', 'm0')), 3.5)
  })
})
