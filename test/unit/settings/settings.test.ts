import assert from 'node:assert/strict'
import { isError } from '../../support/wording.ts'
import { readFile } from 'node:fs/promises'
import { CompletionError } from '../../../src/completions/errors.ts'
import { parseSettings, RULES } from '../../../src/settings/settings.ts'

const parse = (values: Record<string, unknown>) => parseSettings((name) => values[name])

suite('settings', () => {
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

  const refused: [name: string, value: unknown, mustBe: string][] = [
    ['temperature', 2.5, 'a number from 0 to 2 or null'],
    ['temperature', 'hot', 'a number from 0 to 2 or null'],
    ['maxTokens', 1.5, 'an integer of at least 0'],
    ['maxTokens', -1, 'an integer of at least 0'],
    ['endpoint', 7, 'a string'],
    ['prefixShare', 75, 'a number from 0 to 1'],
    ['n', 129, 'an integer from 1 to 128 or null'],
    ['logprobs', 6, 'an integer from 0 to 5 or null'],
    ['stop', ['a', 'b', 'c', 'd', 'e'], 'a string or a list of at most 4 strings or null'],
    ['stop', [1], 'a string or a list of at most 4 strings or null'],
    ['logitBias', { 50256: -101 }, 'an object whose values are a number from -100 to 100 or null'],
    ['headers', { a: 1 }, 'an object whose values are a string'],
    ['suffix', 'both', 'one of "auto", "field", "template", "off"'],
    ['stream', 'yes', 'true or false'],
    ['exclude', '**/*.txt', 'a list of strings'],
    ['exclude', ['**/*.txt', 1], 'a list of strings'],
    [
      'seed',
      0.5,
      `an integer from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER} or null`,
    ],
  ]
  for (const [name, value, mustBe] of refused) {
    const message = `The setting infill.${name} must be ${mustBe}; it is ${JSON.stringify(value)}.`
    test(`infill.${name} is not ${JSON.stringify(value)}`, () => {
      assert.throws(() => parse({ [name]: value }), isError('invalid_request', message))
    })
  }
})

suite('settings that do not go together', () => {
  test('best_of must be greater than n', () => {
    assert.throws(
      () => parse({ bestOf: 2, n: 2 }),
      isError(
        'invalid_request',
        'The setting infill.bestOf must be greater than infill.n; they are 2 and 2.',
      ),
    )
    assert.equal(parse({ bestOf: 3, n: 2 }).bestOf, 3)
  })
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
    const expected = Object.entries(RULES).map(([name, { schema, default: value }]) => [
      `infill.${name}`,
      { ...schema, default: value },
    ])
    const found = Object.entries<Record<string, unknown>>(declared).map(([name, property]) => {
      const { order: _order, scope: _scope, markdownDescription, ...rest } = property
      assert.ok(String(markdownDescription).length > 20, name)
      return [name, rest]
    })
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected))
  })

  test('restricts in untrusted workspaces what says where text and key go', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces
    for (const name of [
      'endpoint',
      'server',
      'headers',
      'http.client',
      'http.caFile',
      'extraBody',
    ]) {
      assert.ok(restrictedConfigurations.includes(`infill.${name}`), name)
    }
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
