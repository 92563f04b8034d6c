import assert from 'node:assert/strict'
import { identifiersOf, similarity } from '../../../../src/infill/project/identifiers.ts'
import { projectLength } from '../../../../src/infill/project/projectContext.ts'
import { selectSnippets, type Candidate } from '../../../../src/infill/project/selectSnippets.ts'
import { definitionAt, windowsOf } from '../../../../src/infill/project/windows.ts'
import { random } from '../../../support/random.ts'

const orders = `export interface Order {
  customer: number
  placed: Date
}

export function parseOrder(line: string): Order {
  const [customer, placed] = line.split(';')
  return { customer: Number(customer), placed: new Date(placed) }
}
`
const weather = `export function temperatureAt(latitude: number, longitude: number) {
  return station(latitude, longitude).celsius
}
`
const near = `import { parseOrder } from './orders.ts'

function readOrders(path: string): Order[] {
  return readLines(path).map((line) => parseOrder(line))
}
`

const file = (path: string, text: string): Candidate => ({ path, windows: windowsOf(text) })

function select(
  candidates: readonly Candidate[],
  own: Partial<Parameters<typeof selectSnippets>[1]> = {},
) {
  return selectSnippets(candidates, { near, sent: near, characters: 5000, previous: [], ...own })
}

const pathsOf = (snippets: readonly { path: string }[]): string[] =>
  snippets.map(({ path }) => path)

suite('Project: identifiers', () => {
  test('are names and the words that they are made of', () => {
    assert.deepEqual(
      [...identifiersOf('const parseOrder = parse_order(HTTPServer, x)')],
      ['parseOrder', 'parse', 'order', 'parse_order', 'HTTPServer', 'http', 'server'],
    )
  })

  test('are similar by what they have in common', () => {
    assert.equal(similarity(new Set(['a', 'b']), new Set(['b', 'c'])), 1 / 3)
    assert.equal(similarity(new Set(), new Set()), 0)
  })
})

suite('Project: windows of a file', () => {
  test('overlap, and cover all of it', () => {
    const text = Array.from({ length: 100 }, (_, index) => `line${index}()`).join('\n')
    const windows = windowsOf(text)
    for (let line = 0; line < 100; line++) {
      assert.ok(windows.some((window) => window.text.split('\n').includes(`line${line}()`)))
    }
    assert.ok(windows.every((window) => window.text.split('\n').length <= 30))
  })

  test('have no generated lines, and none is empty', () => {
    assert.deepEqual(windowsOf('\n\n\n'), [])
    assert.deepEqual(windowsOf(`x = "${'a'.repeat(10_000)}"`), [])
  })

  test('of a definition begin just before it', () => {
    assert.match(definitionAt(orders, 5)?.text ?? '', /^\}\n\nexport function parseOrder/)
    assert.equal(definitionAt('', 0), null)
  })
})

suite('Project: selected snippets', () => {
  test('resemble the text near the cursor', () => {
    const found = select([file('weather.ts', weather), file('orders.ts', orders)])
    assert.deepEqual(pathsOf(found), ['orders.ts'])
    assert.ok(found[0]?.text.includes('parseOrder'))
  })

  test('are none where nothing is similar, or where the document has them already', () => {
    assert.deepEqual(select([file('weather.ts', weather)]), [])
    assert.deepEqual(select([file('orders.ts', orders)], { sent: orders + near }), [])
  })

  test('are not the same text twice', () => {
    const found = select([file('orders.ts', orders), file('copy.ts', orders)])
    assert.equal(found.length, 1)
  })

  test('begin with definitions, which are nearest to the prompt', () => {
    const definition = definitionAt(weather, 0)
    assert.ok(definition)
    const candidate = { path: 'weather.ts', windows: [], definitions: [definition] }
    assert.deepEqual(pathsOf(select([file('orders.ts', orders), candidate])), [
      'orders.ts',
      'weather.ts',
    ])
    // And they are the last to go when there is little space.
    const space = { characters: definition.text.length + 20 }
    assert.deepEqual(pathsOf(select([file('orders.ts', orders), candidate], space)), ['weather.ts'])
  })

  test('never exceed their space', () => {
    const chance = random(11)
    for (let round = 0; round < 200; round++) {
      const characters = chance.below(2000)
      const candidates = Array.from({ length: 5 }, (_, index) =>
        file(
          `${index}.ts`,
          orders
            .replaceAll('parseOrder', `parseOrder${chance.below(9)}`)
            .repeat(1 + chance.below(8)),
        ),
      )
      const snippets = select(candidates, { characters })
      assert.ok(projectLength({ snippets }) <= characters)
    }
  })

  test('stay as they are while they are nearly the best', () => {
    const candidates = [file('orders.ts', orders), file('weather.ts', weather)]
    const previous = select(candidates)
    const moved = `${near}\nfunction totalOf(orders: Order[]): number {\n  return orders.length\n}\n`
    assert.equal(select(candidates, { near: moved, previous }), previous)
  })

  test('change when their file has changed, or when others are much better', () => {
    const previous = select([file('orders.ts', orders)])
    const changed = orders.replace('placed', 'ordered')
    assert.notDeepEqual(select([file('orders.ts', changed)], { previous }), previous)
    const other = 'celsius(station(latitude, longitude), temperatureAt(latitude, longitude))'
    const candidates = [file('orders.ts', orders), file('weather.ts', weather)]
    assert.deepEqual(pathsOf(select(candidates, { near: other, previous })), ['weather.ts'])
  })
})
