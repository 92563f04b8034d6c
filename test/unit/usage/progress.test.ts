import assert from 'node:assert/strict'
import { endOfAll, type End, sumOf, type Cost } from '../../../src/usage/progress.ts'

const cost: Cost = {
  prompt_tokens: 10,
  cached_tokens: null,
  completion_tokens: 2,
  estimated: false,
  firstTokenAfter: 100,
  elapsed: 300,
}

suite('several requests of one run', () => {
  test('have a total cost, and the duration of the longest', () => {
    const waiting = {
      ...cost,
      cached_tokens: null,
      completion_tokens: 0,
      estimated: true,
      firstTokenAfter: null,
      elapsed: 400,
    }
    assert.deepEqual(sumOf([cost, { ...cost, firstTokenAfter: 50 }, waiting]), {
      prompt_tokens: 30,
      cached_tokens: null,
      completion_tokens: 4,
      estimated: true,
      firstTokenAfter: 50,
      elapsed: 400,
    })
    assert.equal(sumOf([waiting]).firstTokenAfter, null)
  })

  test('have the cached tokens of those whose server says so', () => {
    const cached = sumOf([cost, { ...cost, cached_tokens: 4 }]).cached_tokens
    assert.deepEqual([cached, sumOf([cost, cost]).cached_tokens], [4, null])
  })

  test('report the most important end', () => {
    const server = (reason: string): End => ({ by: 'server', reason })
    const overlapped: End = { by: 'filter', reason: 'overlapped' }
    const undone: End = { by: 'user', reason: 'undone' }
    const cases: readonly [ends: readonly End[], reported: End][] = [
      [[server('stop'), server('stop')], server('stop')],
      [[server('stop'), server('length'), server('stop')], server('length')],
      [[server('empty'), server('stop')], server('stop')],
      [[overlapped, server('stop')], server('stop')],
      [[server('empty'), overlapped], overlapped],
      [[server('empty'), server('empty')], server('empty')],
      [[undone, undone], undone],
    ]
    for (const [ends, reported] of cases) assert.deepEqual(endOfAll(ends), reported)
  })
})
