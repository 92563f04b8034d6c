import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sensitivityOf } from '../../../src/sensitive/sensitive.ts'

const root = fileURLToPath(new URL('../../../node_modules', import.meta.url))
const COUNT = 1000

/** Every n-th text file of the installed packages, in the order of their paths */
function sample(): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.([cm]?[jt]sx?|json|md|ya?ml|css|html|sh)$/.test(path))
    .toSorted()
  const step = files.length / COUNT
  return files.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

suite('false alarms', () => {
  test(`at most 1 of ${COUNT} files of the installed packages`, function () {
    this.timeout(20_000)
    const files = sample()
      .map((path) => join(root, path))
      .filter((path) => statSync(path).isFile())
    assert.ok(files.length > COUNT / 2)
    const alarms = files.filter((path) => {
      const text = readFileSync(path, 'utf8').slice(0, 40_000)
      return sensitivityOf(path, text)?.by === 'text'
    })
    assert.ok(alarms.length <= 1, alarms.join('\n'))
  })
})
