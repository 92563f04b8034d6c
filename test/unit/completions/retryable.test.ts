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
    [{ 'retry-after': '61' }, 61_000],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:09 GMT' }, 9000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 11:59:00 GMT' }, undefined],
    [{ 'retry-after': 'Sun, 01 Mar 2026 13:00:00 GMT' }, 3_600_000],
    [{ 'retry-after-ms': '30' }, 30],
    [{ 'retry-after-ms': '30.5', 'retry-after': '9' }, 30.5],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '99999', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '' }, undefined],
    [{ 'retry-after-ms': '3600000' }, 3_600_000],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '120ms' }, 120],
    [{ 'x-ratelimit-remaining-tokens': '9', 'x-ratelimit-reset-tokens': '6m0s' }, undefined],
  ]
  for (const [headers, ms] of cases) {
    test(`${JSON.stringify(headers)} is ${ms === undefined ? 'none' : `${ms} ms`}`, () => {
      assert.equal(retryAfter({ status: 429, header: (name) => headers[name] }, NOW), ms)
    })
  }
})
