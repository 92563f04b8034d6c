/**
 * Times as a histogram, so that days and months can be added up and still have percentiles. The bucket
 * of a time is the logarithm of it: a percentile is exact to 4 %.
 */
export type Latencies = Readonly<Record<string, number>>

/** Buckets per factor of 2 */
const STEPS = 9

/** The histogram with one more time. @param ms 0 or more */
export function withLatency(latencies: Latencies, ms: number): Latencies {
  const bucket = String(Math.round(Math.log2(Math.max(1, ms)) * STEPS))
  return { ...latencies, [bucket]: (latencies[bucket] ?? 0) + 1 }
}

export function sumOfLatencies(a: Latencies, b: Latencies): Latencies {
  const sum = { ...a }
  for (const [bucket, count] of Object.entries(b)) sum[bucket] = (sum[bucket] ?? 0) + count
  return sum
}

/** The time in ms that this share of all times does not exceed; `null` without times. @param share 0…1 */
export function percentile(latencies: Latencies, share: number): number | null {
  const buckets = Object.entries(latencies)
    .map(([bucket, count]) => [Number(bucket), count] as const)
    .toSorted(([a], [b]) => a - b)
  const total = buckets.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [bucket, count] of buckets) {
    seen += count
    if (seen >= share * total) return 2 ** (bucket / STEPS)
  }
  return null
}
