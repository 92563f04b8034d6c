import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isFields } from '../../src/completions/fields.ts'
import { compare } from '../../src/evaluation/compare.ts'
import { htmlReport, type Report } from '../../src/evaluation/report/htmlReport.ts'
import { summaries } from '../../src/evaluation/report/summary.ts'
import { english } from '../../src/ui/translate.ts'

/** Writes a report as JSON and as a page, and returns the paths of both. */
export async function saveReport(report: Report, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const name = report.title.replaceAll(/[^\w.-]+/g, '-')
  const [file, page] = [join(folder, `${name}.json`), join(folder, `${name}.html`)]
  const whole = { ...report, summaries: summaries(report.results) }
  await writeFile(file, JSON.stringify(whole, null, 2))
  const options = { locale: 'en', nonce: 'report', hasButtons: false, t: english }
  await writeFile(page, htmlReport(report, options))
  return [file, page]
}

/** The comparison of two saved reports as text. @param seed of the bootstrap */
export async function comparison(files: readonly [string, string], seed: number): Promise<string> {
  const [first, second] = await Promise.all([readReport(files[0]), readReport(files[1])])
  const { tasks, differences } = compare(first.results, second.results, seed)
  const rows = differences.map(({ figure, first: a, second: b, difference, low, high }) => {
    const verdict = low > 0 ? 'higher' : high < 0 ? 'lower' : 'no difference shown'
    const interval = `(95 %: ${low.toFixed(3)} to ${high.toFixed(3)})`
    return `${figure.padEnd(12)}${a.toFixed(3)} → ${b.toFixed(3)}  ${difference.toFixed(3)} ${interval} ${verdict}`
  })
  const head = `${files.join(' → ')}: ${tasks} tasks of both`
  return [head, ...rows].join('\n')
}

/** @throws Error when the file is no report */
async function readReport(file: string): Promise<Pick<Report, 'results'>> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'))
  if (!isFields(value) || !Array.isArray(value['results'])) {
    throw new Error(`${file} is not a report of npm run eval.`)
  }
  return { results: value['results'] }
}
