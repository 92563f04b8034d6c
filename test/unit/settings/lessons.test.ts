import assert from 'node:assert/strict'
import { lessonsIn } from '../../../src/settings/lessons.ts'
import { memory } from '../../support/memory.ts'

suite('lessons', () => {
  test('are of one endpoint and one model', async () => {
    const lessons = lessonsIn(memory())
    await lessons.add('http://a/v1', 'm', { suffix: 'ignored' })
    assert.equal(lessons.of('http://a/v1', 'm').suffix, 'ignored')
    assert.deepEqual(lessons.of('http://a/v1', 'other'), {})
    assert.deepEqual(lessons.of('http://b/v1', 'm'), {})
  })

  test('add up', async () => {
    const lessons = lessonsIn(memory())
    await lessons.add('e', 'm', { suffix: 'honoured' })
    await lessons.add('e', 'm', { refused: ['seed'] })
    await lessons.add('e', 'm', { refused: ['logprobs', 'seed'] })
    assert.deepEqual(lessons.of('e', 'm'), { suffix: 'honoured', refused: ['seed', 'logprobs'] })
  })

  test('outlive the window, and are forgotten after a week', async () => {
    const kept = memory()
    let now = 0
    await lessonsIn(kept, () => now).add('e', 'm', { suffix: 'refused' })
    now += 6 * 24 * 60 * 60 * 1000
    assert.equal(lessonsIn(kept, () => now).of('e', 'm').suffix, 'refused')
    now += 2 * 24 * 60 * 60 * 1000
    assert.deepEqual(lessonsIn(kept, () => now).of('e', 'm'), {})
  })
})
