import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../../src/builtin/', import.meta.url)

/** Lines that are neither blank nor comment. */
function linesOfCode(file: URL): number {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length
}

suite('builtin size', () => {
  test('what one reads to learn how it works stays at about 700 lines of code', () => {
    const model = readdirSync(new URL('model/', folder)).map((name) => `model/${name}`)
    const files = [...model, 'request.ts', 'complete.ts'].map((name) => new URL(name, folder))
    const all = files.reduce((sum, file) => sum + linesOfCode(file), 0)
    assert.ok(all > 100 && all <= 725, `${all}`)
  })
})
