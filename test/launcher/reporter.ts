import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Mocha from 'mocha'

export type Results = { passed: number; failed: number; skipped: number }

/** Mocha's spec reporter. Also writes the counts to a file in the folder INFILL_RESULTS. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options)
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats
      const results: Results = { passed, failed, skipped }
      const folder = process.env['INFILL_RESULTS']
      if (folder === undefined) return
      writeFileSync(join(folder, `results-${process.pid}.json`), JSON.stringify(results))
    })
  }
}
