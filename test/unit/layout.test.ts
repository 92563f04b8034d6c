import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** From the top of the import order to its bottom; a folder may import those after it. */
const ORDER = [
  ['connect', 'evaluation'],
  ['preview', 'ui'],
  ['editor'],
  ['connection'],
  ['generation'],
  ['settings'],
  ['servers', 'usage'],
  ['completions', 'infill', 'sensitive'],
]
const PLAIN_NODE =
  /^(completions|servers|infill|sensitive|usage|generation|builtin)\/|^settings\/[^/]+$|^(connect|evaluation)\/(?!vscode\/)/

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(sep, '/'))
  .filter((file) => file.endsWith('.ts'))

/** File → what it imports: files of src by their path, packages by their name */
const imports = new Map(files.map((file) => [file, importsOf(file)]))

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, 'src', file), 'utf8')
  const specifiers = [...text.matchAll(/(?:from|import|import\() ?'([^']+)'/g)].map(
    ([, name]) => name,
  )
  return specifiers.map((name = '') =>
    name.startsWith('.') ? normalize(join(dirname(file), name)).replaceAll(sep, '/') : name,
  )
}

const topOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')
const levelOf = (folder: string): number => ORDER.findIndex((level) => level.includes(folder))

suite('the layout of src', () => {
  test('is read: every relative import is a file', () => {
    assert.ok(files.length > 150)
    for (const [file, names] of imports) {
      for (const name of names.filter((each) => each.endsWith('.ts'))) {
        assert.ok(imports.has(name), `${file} imports ${name}`)
      }
    }
  })

  test('has imports in one direction', () => {
    for (const [file, names] of imports) {
      const from = topOf(file)
      if (from === '') continue
      for (const name of names.filter((each) => imports.has(each) && each !== 'commands.ts')) {
        const to = topOf(name)
        const isAllowed =
          to === from ||
          (from === 'builtin' ? to === 'sensitive' : levelOf(to) > levelOf(from)) ||
          (from === 'ui' && to === 'editor')
        assert.ok(isAllowed, `${file} imports ${name}`)
      }
    }
  })

  test('reaches no vscode from what runs in plain Node, also not through another file', () => {
    for (const file of files.filter((each) => PLAIN_NODE.test(each))) {
      const reached = new Set([file])
      for (const each of reached) {
        for (const name of imports.get(each) ?? []) {
          assert.notEqual(name, 'vscode', `${file} reaches vscode through ${each}`)
          if (imports.has(name)) reached.add(name)
        }
      }
    }
  })

  test('has at most 15 files in a folder, and 250 lines in a file', () => {
    const counts = Map.groupBy(files, (file) => dirname(file))
    for (const [folder, own] of counts) {
      if (folder === 'completions' || folder === 'servers/profiles') continue
      assert.ok(own.length <= 15, `${folder} has ${own.length} files`)
    }
    for (const file of files) {
      const lines = readFileSync(join(root, 'src', file), 'utf8').split('\n').length - 1
      assert.ok(lines <= 250, `${file} has ${lines} lines`)
    }
  })

  test('is the one of the map in its README', () => {
    const readme = readFileSync(join(root, 'src', 'README.md'), 'utf8')
    const [, map = ''] = /## Map\n+```\n([^]*?)\n```/.exec(readme) ?? []
    const rows = map.split('\n').map((line) => /^src\/(\S*?)\/?\s{2,}(\S.*)$/.exec(line))
    const folders = new Set(files.map((file) => (file.includes('/') ? dirname(file) : '')))
    assert.deepEqual(new Set(rows.map((row) => row?.[1])), folders)
  })
})
