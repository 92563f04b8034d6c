import assert from 'node:assert/strict'
import { concurrently } from '../../../../src/editor/run/concurrently.ts'

suite('at most so many at a time', () => {
  test('every item is done, in any order, and the results keep theirs', async () => {
    let running = 0
    let most = 0
    const results = await concurrently(3, [30, 1, 20, 5, 10, 1, 1], async (ms, index) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, ms))
      running--
      return index
    })
    assert.deepEqual(results, [0, 1, 2, 3, 4, 5, 6])
    assert.equal(most, 3)
  })

  test('one that fails does not keep the others from being done', async () => {
    const done: number[] = []
    const failing = concurrently(2, [1, 2, 3, 4], async (item) => {
      if (item === 2) throw new Error('two')
      done.push(item)
    })
    await assert.rejects(failing, { message: 'two' })
    assert.deepEqual(done, [1, 3, 4])
  })

  test('nothing to do is done at once', async () => {
    assert.deepEqual(await concurrently(4, [], async () => 1), [])
  })
})
