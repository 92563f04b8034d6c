import type { Figure } from '../figure.ts'
import type { Lag } from '../lag.ts'
import type { Bench } from './bench.ts'
import { burst } from './bursts.ts'
import { MEGABYTE, SMALL, TWENTY_MEGABYTES } from './editors.ts'
import { lagOf } from './lags.ts'
import { untilRequest } from './requests.ts'

export interface Figures {
  figures: Figure[]
  lags: Lag[]
}

/** What `npm test` measures */
export async function shortFigures(bench: Bench): Promise<Figures> {
  const figures = [
    await untilRequest(bench, 'same document', SMALL, false),
    await untilRequest(bench, 'same document, 1 MB', MEGABYTE, false),
    await untilRequest(bench, 'new document', SMALL, true),
    await untilRequest(bench, 'new document, 1 MB', MEGABYTE, true),
    await burst(bench, '1 cursor', SMALL, 1),
  ]
  return { figures, lags: [await lagOf(bench, { interval: 20, carets: 1, tokens: 200 })] }
}

/** What `npm run bench -- editor` measures */
export async function allFigures(bench: Bench): Promise<Figures> {
  const { figures, lags } = await shortFigures(bench)
  figures.push(
    await untilRequest(bench, 'same document, 20 MB', TWENTY_MEGABYTES, false),
    await untilRequest(bench, 'new document, 20 MB', TWENTY_MEGABYTES, true),
    await burst(bench, '1 cursor, 1 MB', MEGABYTE, 1),
    await burst(bench, '5 cursors', SMALL.repeat(3), 5),
  )
  for (const [interval, carets] of [
    [50, 1],
    [20, 5],
    [50, 5],
  ] as const) {
    lags.push(await lagOf(bench, { interval, carets, tokens: 2000 / interval }))
  }
  return { figures, lags }
}
