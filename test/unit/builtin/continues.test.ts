import assert from 'node:assert/strict'
import { complete, config, python } from './model.ts'

suite('Built-in model: continues', () => {
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
      'a function with an existing closing brace',
      'export function area(width, height) {\n  |\n}\n',
      'return width * height',
    ],
    [
      'an if with an else',
      `    if (error.code === 'ENOENT') {\n      return {}\n    }| {`,
      ' else',
    ],
    [
      'an if, including its else',
      `    if (error.code === 'ENOENT') {|`,
      '\n      return {}\n    } else {\n      throw error\n    }',
    ],
    [
      'a branch with an existing closing brace',
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
      'with text from the prompt',
      'const first = load(1)\nconst second = 2\n\nconst first = |',
      'load(1)',
      [],
    ],
    ['with text from the suffix', 'log.info(|\n\nlog.info("done")\n', '"done")', []],
  ]
  for (const [what, text, expected, files] of cases) {
    test(what, () => assert.equal(complete(text, files), expected))
  }

  test('with the more frequent of two continuations', () =>
    assert.equal(complete('a.open(|)\n', ['a.open(x)\n', 'a.open(y)\n', 'b\na.open(y)\n']), 'y'))

  test('with what follows the longest match', () =>
    assert.equal(
      complete('two\na.open(|', ['one\na.open(x)\n', 'two\na.open(y)\n', 'one\na.open(x)\n']),
      'y)',
    ))
})

suite('Built-in model: adapts the indentation', () => {
  test('to a deeper level', () =>
    assert.equal(
      complete('  class A {\n    export function area(width, height) {|'),
      '\n      return width * height\n    }',
    ))

  test('to tabs', () =>
    assert.equal(
      complete(`function a() {\n\tb()\n}\nif (error.code === 'ENOENT') {|`),
      '\n\treturn {}\n} else {\n\tthrow error\n}',
    ))

  test('to four spaces', () =>
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
