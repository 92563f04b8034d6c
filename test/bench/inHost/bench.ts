import type { Answer, ScriptedServer } from '../../support/sseServer.ts'

/** What the measurements in the extension host share */
export interface Bench {
  server: ScriptedServer
  /** Sets how the server responds from now on. */
  respond: (answer: () => Answer) => void
  /** When the last request arrived */
  arrivedAt: () => number
  rounds: number
}

/**
 * Calls both tasks in each round, each first in every other round. The first round loads code and does
 * not count.
 */
export async function alternately(
  rounds: number,
  infill: (isCounted: boolean) => Promise<void>,
  floor: (isCounted: boolean) => Promise<void>,
): Promise<void> {
  for (let round = 0; round <= rounds; round++) {
    for (const task of round % 2 === 0 ? [infill, floor] : [floor, infill]) {
      // What the task before has left to do is not measured.
      await new Promise((resolve) => setTimeout(resolve, SETTLED))
      await task(round > 0)
    }
  }
}

/** In ms */
const SETTLED = 50
