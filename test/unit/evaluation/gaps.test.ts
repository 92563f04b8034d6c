import assert from 'node:assert/strict'
import { GAP_GROUPS, gapsOf, type SourceText } from '../../../src/evaluation/gaps.ts'
import type { Task } from '../../../src/evaluation/task.ts'

const file = (path: string, text: string): SourceText => ({ path, language: 'typescript', text })

const area = file(
  'area.ts',
  'export function areaOf(shape: Shape): number {\n  return shape.width * 2\n}\n',
)
const main = file(
  'main.ts',
  [
    "import { areaOf } from './area.ts'",
    '',
    '// a comment that is long enough',
    'export function report(shape: Shape): string {',
    '  const area = areaOf(shape)',
    '  const text = String(area)',
    '  return text',
    '}',
    '',
  ].join('\n'),
)

/** The gap in its line: `  return [text]` */
const drawn = ({ before, expected, after }: Task): string =>
  `${before.slice(before.lastIndexOf('\n') + 1)}[${expected}]${after.split('\n', 1)[0]}`

const all = await gapsOf([area, main], { seed: 1, count: 1000 })
const ofGroup = (group: string): string[] =>
  all
    .filter((task) => task.group === group && task.path === 'main.ts')
    .map(drawn)
    .toSorted()

suite('Evaluation: gaps of a workspace', () => {
  test('are lines without their indentation', () => {
    assert.deepEqual(ofGroup('line'), [
      '  [const area = areaOf(shape)]',
      '  [const text = String(area)]',
      '  [return text]',
      '[export function report(shape: Shape): string {]',
      "[import { areaOf } from './area.ts']",
    ])
  })

  test('are the rest of lines, from a border of words', () => {
    assert.ok(ofGroup('half').includes('  const area = [areaOf(shape)]'))
  })

  test('are blocks below a line', () => {
    assert.deepEqual(ofGroup('block'), [
      'export function report(shape: Shape): string {[\n  const area = areaOf(shape)\n  const text = String(area)\n  return text]',
    ])
  })

  test('are calls of what another file defines', () => {
    assert.deepEqual(ofGroup('call'), ['  const area = [areaOf(shape)]'])
  })

  test('restore the file when they are filled', () => {
    for (const { path, before, expected, after } of all) {
      assert.equal(before + expected + after, path === 'area.ts' ? area.text : main.text)
    }
  })

  test('are the same for a seed, others for another one, and as many of each group', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      file(`${index}.ts`, main.text.replaceAll('report', `report${index}`)),
    )
    const chosen = await gapsOf([area, ...many], { seed: 7, count: 40 })
    assert.deepEqual(await gapsOf([area, ...many], { seed: 7, count: 40 }), chosen)
    assert.notDeepEqual(await gapsOf([area, ...many], { seed: 8, count: 40 }), chosen)
    for (const group of GAP_GROUPS) {
      assert.equal(chosen.filter((task) => task.group === group).length, 10, group)
    }
    assert.equal(new Set(chosen.map(({ id }) => id)).size, 40)
  })

  test('do not change because of another file', async () => {
    const alone = await gapsOf([main], { seed: 1, count: 4 })
    const before = alone.filter(({ group }) => group !== 'call')
    const after = await gapsOf([main, file('other.ts', 'x\n')], { seed: 1, count: 4 })
    for (const task of before)
      assert.ok(
        after.some(({ id }) => id === task.id),
        task.id,
      )
  })
})
