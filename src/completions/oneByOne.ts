/** The items of some batches, until the signal is aborted */
export async function* oneByOne<Item>(
  batches: AsyncIterable<readonly Item[]>,
  signal?: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  for await (const batch of batches) {
    for (const item of batch) {
      yield item
      if (signal?.aborted === true) return
    }
  }
}
