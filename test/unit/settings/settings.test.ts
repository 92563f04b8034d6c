import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { CompletionError } from '../../../src/completions/errors.ts'
import { parseSettings, RULES } from '../../../src/settings/settings.ts'

suite('settings', () => {
  const parse = (values: Record<string, unknown>) => parseSettings((name) => values[name])

  test('what is not set has its default', () => {
    assert.deepEqual(
      parse({}),
      Object.fromEntries(Object.entries(RULES).map(([name, rule]) => [name, rule.default])),
    )
  })

  test('null means "not sent" where that can be', () => {
    assert.equal(parse({ temperature: null }).temperature, null)
    assert.throws(() => parse({ maxTokens: null }), CompletionError)
  })

  const refused: [name: string, value: unknown, sentence: string][] = [
    [
      'temperature',
      2.5,
      'The setting infill.temperature must be a number from 0 to 2 or null; it is 2.5.',
    ],
    [
      'temperature',
      'hot',
      'The setting infill.temperature must be a number from 0 to 2 or null; it is "hot".',
    ],
    ['maxTokens', 1.5, 'The setting infill.maxTokens must be a whole number ≥ 0; it is 1.5.'],
    ['maxTokens', -1, 'The setting infill.maxTokens must be a whole number ≥ 0; it is -1.'],
    ['endpoint', 7, 'The setting infill.endpoint must be a text; it is 7.'],
    ['prefixShare', 75, 'The setting infill.prefixShare must be a number from 0 to 1; it is 75.'],
  ]
  for (const [name, value, message] of refused) {
    test(`infill.${name} is not ${JSON.stringify(value)}`, () => {
      assert.throws(() => parse({ [name]: value }), { kind: 'invalid_request', message })
    })
  }
})

suite('the manifest', () => {
  interface Manifest {
    contributes: {
      configuration: { properties: Record<string, Record<string, unknown>> }[]
      commands: { command: string; category: string }[]
      keybindings: { command: string }[]
      menus: Record<string, { command: string }[]>
    }
    capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } }
  }
  let manifest: Manifest

  suiteSetup(async () => {
    const file = new URL('../../../package.json', import.meta.url)
    manifest = JSON.parse(await readFile(file, 'utf8'))
  })

  test('declares every setting with the same type, default and range as the code', () => {
    const declared = Object.assign(
      {},
      ...manifest.contributes.configuration.map((each) => each.properties),
    )
    const expected = Object.entries(RULES).map(([name, rule]) => {
      const { nullable, type, ...rest } = { nullable: false, ...rule }
      return [`infill.${name}`, { ...rest, type: nullable ? [type, 'null'] : type }]
    })
    const found = Object.entries<Record<string, unknown>>(declared).map(([name, property]) => {
      const { order: _order, scope: _scope, markdownDescription, ...rest } = property
      assert.ok(String(markdownDescription).length > 20, name)
      return [name, rest]
    })
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected))
  })

  test('restricts in untrusted workspaces what says where text and key go', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces
    assert.ok(restrictedConfigurations.includes('infill.endpoint'))
  })

  test('puts every command under the category Infill, and binds and lists only those', () => {
    const { commands, keybindings, menus } = manifest.contributes
    const ids = new Set(commands.map(({ command }) => command))
    for (const { category } of commands) assert.equal(category, 'Infill')
    for (const { command } of [...keybindings, ...Object.values(menus).flat()]) {
      assert.ok(ids.has(command), command)
    }
  })
})
