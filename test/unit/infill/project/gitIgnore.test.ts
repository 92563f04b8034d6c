import assert from 'node:assert/strict'
import {
  isIgnored,
  isIgnoredIn,
  type IgnoreFile,
} from '../../../../src/infill/project/gitIgnore.ts'

/** Files from the nearest folder on, as `depth: patterns` */
const files = (all: Record<number, string>): IgnoreFile[] =>
  Object.entries(all)
    .map(([depth, patterns]) => ({ depth: Number(depth), patterns }))
    .toReversed()

suite('what Git ignores', () => {
  for (const [path, patterns, ignored] of [
    ['a.log', { 0: '*.log' }, true],
    ['a/b.log', { 0: '*.log' }, true],
    ['a/b.log', { 0: '/*.log' }, false],
    ['a/b.log', { 0: '*.log', 1: '!b.log' }, false],
    ['a/b.log', { 0: '!b.log', 1: '*.log' }, true],
    ['made/b.ts', { 0: 'made/' }, true],
    ['made', { 0: 'made/' }, false],
    // “It is not possible to re-include a file if a parent directory of that file is excluded.”
    ['made/b.ts', { 0: 'made/', 1: '!b.ts' }, true],
    ['a/made/b.ts', { 0: 'a/made\n!a/made/b.ts' }, true],
    ['a/b/c.ts', { 1: 'b/c.ts' }, true],
    ['a.ts', {}, false],
  ] as const) {
    test(`${path} with ${JSON.stringify(patterns)}: ${ignored}`, () => {
      assert.equal(isIgnored(path.split('/'), files(patterns)), ignored)
    })
  }

  test('a folder that is opened is used even if its repository ignores it', () => {
    const all = files({ 0: 'packages/one\n*.log', 2: 'secret.ts' })
    const isHere = (name: string): boolean => isIgnoredIn(2, ['packages', 'one', name], all)
    assert.deepEqual(['a.ts', 'a.log', 'secret.ts'].map(isHere), [false, false, true])
    const above = files({ 0: '*.log' })
    assert.ok(isIgnoredIn(1, ['one', 'a.log'], above))
    assert.ok(!isIgnoredIn(1, ['one', 'a.ts'], above))
  })
})
