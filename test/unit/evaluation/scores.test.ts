import assert from 'node:assert/strict'
import { changesOf } from '../../../src/evaluation/report/changes.ts'
import { compare } from '../../../src/evaluation/compare.ts'
import { scoresOf } from '../../../src/evaluation/scores.ts'
import { summaries } from '../../../src/evaluation/report/summary.ts'
import { random } from '../../support/random.ts'
import { resultWith } from './support.ts'

suite('Evaluation: scores', () => {
  test('of the author’s text, up to white space at the end', () => {
    assert.deepEqual(scoresOf('  return a\n', '  return a'), {
      exact: true,
      similarity: 1,
      firstLine: true,
      kept: 1,
    })
  })

  test('of another text', () => {
    const { exact, similarity, firstLine, kept } = scoresOf('return b', 'return a')
    assert.deepEqual([exact, similarity, firstLine], [false, 7 / 8, false])
    // “return” of “returnb”
    assert.equal(kept, 6 / 7)
  })

  test('of a first line that is right', () => {
    const { exact, firstLine } = scoresOf('if (a) {\n  x()\n}', 'if (a) {\n  y()\n}')
    assert.deepEqual([exact, firstLine], [false, true])
  })

  test('of no text', () => {
    assert.deepEqual(scoresOf('', 'a'), { exact: false, similarity: 0, firstLine: false, kept: 0 })
  })

  test('have a similarity that is that of the table of all edits', () => {
    const chance = random(3)
    const word = (): string =>
      Array.from({ length: chance.below(9) }, () => chance.pick(['a', 'b'])).join('')
    for (let round = 0; round < 300; round++) {
      const [a, b] = [word(), word()]
      const expected = a === b ? 1 : 1 - slowDistance(a, b) / Math.max(a.length, b.length)
      assert.equal(scoresOf(a, b).similarity, expected, `${a} ${b}`)
    }
  })
})

function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [restA, restB] = [a.slice(1), b.slice(1)]
  if (a[0] === b[0]) return slowDistance(restA, restB)
  return 1 + Math.min(slowDistance(restA, b), slowDistance(a, restB), slowDistance(restA, restB))
}

suite('Evaluation: differences of texts', () => {
  test('show what is missing and what was added', () => {
    assert.deepEqual(changesOf('return a + b', 'return a - b'), [
      { kind: 'same', text: 'return a ' },
      { kind: 'missing', text: '+' },
      { kind: 'added', text: '-' },
      { kind: 'same', text: ' b' },
    ])
  })

  test('give both texts back', () => {
    const chance = random(5)
    const text = (): string =>
      Array.from({ length: 30 }, () => chance.pick(['a', ' ', '\n', '(', 'bc'])).join('')
    for (let round = 0; round < 100; round++) {
      const [a, b] = [text(), text()]
      const changes = changesOf(a, b)
      const without = (kind: string): string =>
        changes.flatMap((change) => (change.kind === kind ? [] : [change.text])).join('')
      assert.deepEqual([without('added'), without('missing')], [a, b])
    }
  })
})

suite('Evaluation: two runs', () => {
  const run = (exact: (index: number) => boolean) =>
    Array.from({ length: 200 }, (_, index) => resultWith({ id: `${index}`, exact: exact(index) }))

  test('that differ clearly have an interval that does not contain 0', () => {
    const { tasks, differences } = compare(
      run((index) => index % 4 === 0),
      run((index) => index % 2 === 0),
      1,
    )
    const [exact] = differences
    assert.equal(tasks, 200)
    assert.deepEqual([exact?.first, exact?.second, exact?.difference], [0.25, 0.5, 0.25])
    assert.ok((exact?.low ?? 0) > 0.15 && (exact?.high ?? 1) < 0.35)
  })

  test('that differ by chance have one that contains 0', () => {
    const chance = random(9)
    const [one, other] = [run(() => chance.below(2) === 0), run(() => chance.below(2) === 0)]
    const [exact] = compare(one, other, 1).differences
    assert.ok((exact?.low ?? 1) <= 0 && (exact?.high ?? -1) >= 0)
  })

  test('are compared by the tasks of both, with the same result for a seed', () => {
    const half = run(() => true).slice(0, 100)
    const [first, second] = [
      compare(
        run(() => false),
        half,
        4,
      ),
      compare(
        run(() => false),
        half,
        4,
      ),
    ]
    assert.equal(first.tasks, 100)
    assert.deepEqual(first, second)
    assert.deepEqual(compare([], half, 1), { tasks: 0, differences: [] })
  })
})

suite('Evaluation: summaries', () => {
  test('are those of each group, and of all', () => {
    const found = summaries([
      resultWith({ id: '1', group: 'line', exact: true, text: 'ab' }),
      resultWith({ id: '2', group: 'line', text: '' }),
      resultWith({ id: '3', group: 'block', problem: { id: 'notJson' }, text: '' }),
    ])
    assert.deepEqual(
      found.map(({ group, tasks, answered, exact, failed }) => [
        group,
        tasks,
        answered,
        exact,
        failed,
      ]),
      [
        ['line', 2, 0.5, 0.5, 0],
        ['block', 1, 0, 0, 1],
        ['all', 3, 1 / 3, 1 / 3, 1],
      ],
    )
  })
})
