// `npm test [-- PART…]`: builds, then runs every part, even if an earlier one fails.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interruptionSignal, type Part, runLimited } from './limited.ts'
import type { Results } from './reporter.ts'

const mocha = ['node_modules/mocha/bin/mocha.js', '--reporter=test/launcher/reporter.ts']

async function parts(): Promise<Part[]> {
  const files = (await readdir('test/journeys')).filter((file) => file.endsWith('.test.ts'))
  const journeys = files.toSorted().map((file) => `test/journeys/${file}`)
  return [
    { name: 'unit', limit: 300, args: mocha },
    { name: 'integration', limit: 900, args: ['test/launcher/integration.ts'] },
    {
      name: 'journeys',
      limit: 1_200,
      args: [...mocha, '--config=test/journeys/.mocharc.json', ...journeys],
    },
  ]
}

/** Runs a part and returns Mocha's counts. A part that fails without a failed test counts as one failure. */
async function runPart(part: Part, interruption: AbortSignal): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'infill-results-'))
  try {
    const code = await runLimited(part, { INFILL_RESULTS: folder }, interruption)
    const files = await readdir(folder)
    const counted = await Promise.all(
      files.map(async (file): Promise<Results> =>
        JSON.parse(await readFile(join(folder, file), 'utf8')),
      ),
    )
    const sum = total(counted)
    const failedOutside = sum.failed === 0 && (code !== 0 || counted.length === 0)
    return failedOutside ? { ...sum, failed: 1 } : sum
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function total(results: Results[]): Results {
  const sum = (count: (each: Results) => number) =>
    results.reduce((before, each) => before + count(each), 0)
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
  }
}

const names = process.argv.slice(2)
const all = await parts()
const unknown = names.filter((name) => !all.some((part) => part.name === name))
if (unknown.length > 0) {
  throw new Error(
    `Unknown part: ${unknown.join(', ')}. Parts: ${all.map(({ name }) => name).join(', ')}`,
  )
}
const results: Results[] = []
const build = { name: 'build', limit: 120, args: ['esbuild.js', '--tests'] }
const interruption = interruptionSignal()
const built = await runLimited(build, {}, interruption)
if (built !== 0) results.push({ passed: 0, failed: 1, skipped: 0 })
for (const part of all.filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (!interruption.aborted) results.push(await runPart(part, interruption))
}
const { passed, failed, skipped } = total(results)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed === 0 && !interruption.aborted ? 0 : 1
