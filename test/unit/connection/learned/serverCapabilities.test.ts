import assert from 'node:assert/strict'
import { capabilityStoreIn } from '../../../../src/connection/learned/serverCapabilities.ts'
import { memory } from '../../../support/memory.ts'

suite('server capabilities', () => {
  test('belong to one endpoint and one model', async () => {
    const capabilities = capabilityStoreIn(memory())
    await capabilities.add('http://a/v1', 'm', { suffix: 'ignored' })
    assert.equal(capabilities.of('http://a/v1', 'm').suffix, 'ignored')
    assert.deepEqual(capabilities.of('http://a/v1', 'other'), {})
    assert.deepEqual(capabilities.of('http://b/v1', 'm'), {})
  })

  test('are merged', async () => {
    const capabilities = capabilityStoreIn(memory())
    await capabilities.add('e', 'm', { suffix: 'honoured' })
    await capabilities.add('e', 'm', { refused: ['seed'] })
    await capabilities.add('e', 'm', { refused: ['logprobs', 'seed'] })
    assert.deepEqual(capabilities.of('e', 'm'), {
      suffix: 'honoured',
      refused: ['seed', 'logprobs'],
    })
  })

  test('are kept after the window closes, for a week', async () => {
    const kept = memory()
    let now = 0
    await capabilityStoreIn(kept, () => now).add('e', 'm', { suffix: 'refused' })
    now += 6 * 24 * 60 * 60 * 1000
    assert.equal(capabilityStoreIn(kept, () => now).of('e', 'm').suffix, 'refused')
    now += 2 * 24 * 60 * 60 * 1000
    assert.deepEqual(capabilityStoreIn(kept, () => now).of('e', 'm'), {})
  })
})
