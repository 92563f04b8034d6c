import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'node:util'
import { mark } from '../launcher/mark.ts'
import Report from '../launcher/reporter.ts'

/**
 * Called by VS Code in its extension host. Each *.test.ts beside this file is a separate bundle.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true)
  const { default: Mocha } = await import('mocha')
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(mark + format(...args))
  const grep = process.env['INFILL_GREP']
  // The first test in a new editor waits until everything is loaded.
  const mocha = new Mocha({ ui: 'tdd', timeout: 20_000, forbidOnly: true, reporter: Report })
  if (grep !== undefined) mocha.grep(grep)
  for (const file of await readdir(__dirname)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file))
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve))
  if (failures > 0) throw new Error(`${failures} failed`)
}
