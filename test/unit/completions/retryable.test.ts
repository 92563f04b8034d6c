import assert from 'node:assert/strict'
import { retryAfter } from '../../../src/completions/retryable.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

suite('Completions: the delay that a server requests', () => {
  const cases: [headers: Record<string, string>, ms: number | undefined][] = [
    [{}, undefined],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1' }, 1000],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after': '60' }, 60_000],
    [{ 'retry-after': '61' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:09 GMT' }, 9000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 11:59:00 GMT' }, undefined],
    [{ 'retry-after': 'Sun, 01 Mar 2026 13:00:00 GMT' }, undefined],
    [{ 'retry-after-ms': '30' }, 30],
    [{ 'retry-after-ms': '30.5', 'retry-after': '9' }, 30.5],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '99999', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '' }, undefined],
  ]
  for (const [headers, ms] of cases) {
    test(`${JSON.stringify(headers)} is ${ms === undefined ? 'not said' : `in ${ms} ms`}`, () => {
      assert.equal(retryAfter({ header: (name) => headers[name] }, NOW), ms)
    })
  }
})
