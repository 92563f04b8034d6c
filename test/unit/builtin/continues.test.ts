import assert from 'node:assert/strict'
import { complete, config, python } from './model.ts'

suite('builtin model continues', () => {
  const cases: [what: string, text: string, expected: string, files?: readonly string[]][] = [
    ['an import', `import { readFile } from 'node:|`, `fs/promises'`],
    [
      'an import, up to the end of its line',
      `import { join } from|\n\nconst a = 1\n`,
      ` 'node:path'`,
    ],
    ['a word', 'export function ar|', 'ea(width, height) {\n  return width * height\n}'],
    ['inside a call', 'const text = await readFile(|)\n', `path, 'utf8'`],
    ['an argument before another', `await readFile(|, 'utf8')\n`, 'path'],
    ['a parameter list', 'async function loadConfig(|) {\n}\n', 'root'],
    [
      'an expression',
      '  return width| + 1\n',
      ' * height',
      [config, 'return width * height + 1\n'],
    ],
    [
      'a function, to its closing brace',
      'export function area(width, height) {|',
      '\n  return width * height\n}',
    ],
    [
      'a function in an empty line',
      'export function area(width, height) {\n|',
      '  return width * height\n}',
    ],
    [
      'a function whose brace is there',
      'export function area(width, height) {\n  |\n}\n',
      'return width * height',
    ],
    ['an else', `    if (error.code === 'ENOENT') {\n      return {}\n    }| {`, ' else'],
    [
      'an if and its else',
      `    if (error.code === 'ENOENT') {|`,
      '\n      return {}\n    } else {\n      throw error\n    }',
    ],
    [
      'a branch that is closed already',
      `    if (error.code === 'ENOENT') {\n      |\n    } else {\n`,
      'return {}',
    ],
    [
      'a Python block',
      'def total(items):|',
      '\n    result = 0\n    for item in items:\n        result += item.price\n\n    return result',
      [python],
    ],
    [
      'Python lines of one block',
      'def total(items):\n    |',
      'result = 0\n    for item in items:\n        result += item.price',
      [python],
    ],
    [
      'with the text of the prompt itself',
      'const first = load(1)\nconst second = 2\n\nconst first = |',
      'load(1)',
      [],
    ],
    ['with the text of the suffix', 'log.info(|\n\nlog.info("done")\n', '"done")', []],
  ]
  for (const [what, text, expected, files] of cases) {
    test(what, () => assert.equal(complete(text, files), expected))
  }

  test('with the more frequent of two continuations', () =>
    assert.equal(complete('a.open(|)\n', ['a.open(x)\n', 'a.open(y)\n', 'b\na.open(y)\n']), 'y'))

  test('with the place that is most alike', () =>
    assert.equal(
      complete('two\na.open(|', ['one\na.open(x)\n', 'two\na.open(y)\n', 'one\na.open(x)\n']),
      'y)',
    ))
})

suite('builtin model fits its text', () => {
  test('into deeper indentation', () =>
    assert.equal(
      complete('  class A {\n    export function area(width, height) {|'),
      '\n      return width * height\n    }',
    ))

  test('into tabs', () =>
    assert.equal(
      complete(`function a() {\n\tb()\n}\nif (error.code === 'ENOENT') {|`),
      '\n\treturn {}\n} else {\n\tthrow error\n}',
    ))

  test('into four blanks', () =>
    assert.equal(
      complete(`x\n    export async function loadConfig(root) {\n        |\n    }\n`),
      `const path = join(root, 'config.json')
        try {
            return JSON.parse(await readFile(path, 'utf8'))
        } catch (error) {
            if (error.code === 'ENOENT') {
                return {}
            } else {
                throw error
            }
        }`,
    ))
})
