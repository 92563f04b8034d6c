/**
 * Does a task for each item, so many at a time, and waits for all of them, whatever becomes of each.
 *
 * @throws the error of the first item that failed, when all are over
 */
export async function concurrently<Item, Result>(
  count: number,
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: PromiseSettledResult<Result>[] = []
  const queue = items.entries()
  async function work(): Promise<void> {
    // One iterator for all: each takes the next that nobody has.
    for (const [index, item] of queue) {
      const [result] = await Promise.allSettled([task(item, index)])
      results[index] = result
    }
  }
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, work))
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}
