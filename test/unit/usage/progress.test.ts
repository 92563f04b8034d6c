import assert from 'node:assert/strict'
import { endOfAll, sumOf, type Cost } from '../../../src/usage/progress.ts'

const cost: Cost = {
  prompt_tokens: 10,
  completion_tokens: 2,
  estimated: false,
  firstTokenAfter: 100,
  elapsed: 300,
}

suite('several requests of one run', () => {
  test('cost what they cost together, and the time that the longest took', () => {
    const waiting = {
      ...cost,
      completion_tokens: 0,
      estimated: true,
      firstTokenAfter: null,
      elapsed: 400,
    }
    assert.deepEqual(sumOf([cost, { ...cost, firstTokenAfter: 50 }, waiting]), {
      prompt_tokens: 30,
      completion_tokens: 4,
      estimated: true,
      firstTokenAfter: 50,
      elapsed: 400,
    })
    assert.equal(sumOf([waiting]).firstTokenAfter, null)
  })

  test('end as the one ended that the user should hear of', () => {
    assert.equal(endOfAll(['stop', 'stop']), 'stop')
    assert.equal(endOfAll(['stop', 'length', 'stop']), 'length')
    assert.equal(endOfAll(['empty', 'stop']), 'stop')
    assert.equal(endOfAll(['overlapped', 'stop']), 'stop')
    assert.equal(endOfAll(['empty', 'overlapped']), 'overlapped')
    assert.equal(endOfAll(['empty', 'empty']), 'empty')
    assert.equal(endOfAll(['undone', 'undone']), 'undone')
  })
})
