/**
 * Runs a task for each item, with limited concurrency, and waits until all have settled. Results
 * are in the order of the items.
 *
 * @throws the first error, after all tasks have settled
 */
export async function concurrently<Item, Result>(
  count: number,
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: PromiseSettledResult<Result>[] = []
  const queue = items.entries()
  async function work(): Promise<void> {
    // The workers share one iterator.
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
