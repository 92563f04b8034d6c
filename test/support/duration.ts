/** The time that this process computes, in ms: what other processes do on a busy machine does not count. */
export function timeOf(compute: () => void): number {
  const start = process.cpuUsage()
  compute()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/**
 * The shortest duration of up to five attempts, in ms. The first one below the limit is the last: a busy machine
 * makes some slow, and a fault makes all slow.
 */
export async function shortestOf(limit: number, attempt: () => Promise<number>): Promise<number> {
  let shortest = Infinity
  for (let tries = 0; tries < 5 && shortest >= limit; tries++) {
    shortest = Math.min(shortest, await attempt())
  }
  return shortest
}
