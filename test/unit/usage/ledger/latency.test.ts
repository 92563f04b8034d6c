import assert from 'node:assert/strict'
import { percentile, withLatency, type Latencies } from '../../../../src/usage/ledger/latency.ts'
import { random } from '../../../support/random.ts'

suite('percentiles', () => {
  test('there are none without times', () => assert.equal(percentile({}, 0.5), null))

  test('are exact to 4 %, from 1 ms to 1 h', () => {
    const numbers = random(7)
    for (const most of [20, 900, 60_000, 3_600_000]) {
      const times = Array.from({ length: 500 }, () => 1 + numbers.below(most))
      const latencies = times.reduce<Latencies>(withLatency, {})
      const sorted = times.toSorted((a, b) => a - b)
      for (const share of [0.5, 0.95, 1]) {
        const exact = sorted[Math.ceil(share * times.length) - 1]!
        const found = percentile(latencies, share)!
        assert.ok(Math.abs(found / exact - 1) < 0.04, `${found} for ${exact}`)
      }
    }
  })
})
