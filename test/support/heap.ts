import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Forces a garbage collection. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  // The second collects what the finalizers of the first have freed.
  collect()
  collect()
}

/** The memory that is in use after a forced garbage collection, in bytes */
export function usedHeap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
