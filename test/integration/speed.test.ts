import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { isMet, rowOf } from '../bench/figure.ts'
import type { Bench } from '../bench/inHost/bench.ts'
import { allFigures, shortFigures } from '../bench/inHost/figures.ts'
import { isNearFloor, lagRow } from '../bench/lag.ts'
import { DONE, stream, text } from '../support/answers.ts'
import type { Answer } from '../support/sseServer.ts'
import { useServer } from './support.ts'

/** Set by `npm run bench -- editor`: the file for the results. Without it, the short form runs. */
const file = process.env['INFILL_BENCH']
/** The short form finds what has become slow, on machines that do other work. The bench holds the bounds. */
const TOLERANCE = 2

suite('speed', () => {
  const serve = useServer()

  async function bench(rounds: number): Promise<Bench> {
    let answer = (): Answer => stream(text('x', 'stop'), DONE)
    let arrived = 0
    const server = await serve(() => {
      arrived = performance.now()
      return answer()
    })
    return {
      server,
      rounds,
      arrivedAt: () => arrived,
      respond: (next) => {
        answer = next
      },
    }
  }

  test('is near the floor of a bare extension', async function () {
    this.timeout(600_000)
    if (file !== undefined) {
      await writeFile(file, JSON.stringify(await allFigures(await bench(12))))
      return
    }
    this.retries(1)
    const { figures, lags } = await shortFigures(await bench(5))
    assert.deepEqual(
      [
        ...figures.filter((figure) => !isMet(figure, TOLERANCE)).map(rowOf),
        ...lags.filter((lag) => !isNearFloor(lag)).map(lagRow),
      ],
      [],
    )
  })
})
