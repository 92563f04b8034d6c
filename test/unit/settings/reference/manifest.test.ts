import assert from 'node:assert/strict'
import packageJson from '../../../../package.json' with { type: 'json' }
import nls from '../../../../package.nls.json' with { type: 'json' }
import { jsonSchema } from '../../../../src/settings/reference/jsonSchema.ts'
import {
  manifestConfiguration,
  restrictedConfigurations,
} from '../../../../src/settings/reference/manifest.ts'
import { withTexts } from '../../../../src/settings/reference/manifestTexts.ts'
import { RULES } from '../../../../src/settings/settings.ts'

const manifest = withTexts(packageJson, nls)

type Property = Record<string, unknown>

suite('the settings in package.json', () => {
  const groups = manifest.contributes.configuration
  const declared = new Map(groups.flatMap(({ properties }) => Object.entries<Property>(properties)))

  test('are the generated ones', () => {
    assert.deepEqual(groups, manifestConfiguration())
    const { restrictedConfigurations: found } = manifest.capabilities.untrustedWorkspaces
    assert.deepEqual(found, restrictedConfigurations())
  })

  test('have the same type, default and range as the code, and a description', () => {
    const expected = Object.entries(RULES).map(([name, rule]) => [
      `infill.${name}`,
      { ...jsonSchema(rule.expected), default: rule.default },
    ])
    const found = [...declared].map(([name, property]) => {
      const { order: _order, scope: _scope, markdownDescription, ...rest } = property
      assert.ok(String(markdownDescription).length > 20, name)
      return [name, rest]
    })
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected))
  })

  test('say which fields are not sent when null', () => {
    for (const [name, { type, markdownDescription }] of declared) {
      const isNullable = [type].flat().includes('null')
      assert.equal(String(markdownDescription).endsWith('Not sent when `null`.'), isNullable, name)
    }
  })

  test('link to existing settings only', () => {
    for (const [name, { markdownDescription }] of declared) {
      const links = String(markdownDescription).matchAll(/#([^#`]+)#/g)
      for (const [, target = ''] of links) assert.ok(declared.has(target), `${name}: ${target}`)
    }
  })

  test('differ by language for every field of the request, but not for the connection', () => {
    for (const { title, properties } of groups) {
      for (const [name, { scope }] of Object.entries<Property>(properties)) {
        const isShared =
          title === 'Connection' || ['infill.exclude', 'infill.profiles'].includes(name)
        const shared = title === 'Usage' ? 'application' : 'resource'
        const isSame = isShared || title === 'Usage'
        assert.equal(scope, isSame ? shared : 'language-overridable', name)
      }
    }
  })

  test('are restricted in untrusted workspaces where they determine the destination of text and key', () => {
    const { restrictedConfigurations: found } = manifest.capabilities.untrustedWorkspaces
    for (const name of [
      'endpoint',
      'server',
      'headers',
      'http.client',
      'http.caFile',
      'extraBody',
      'profile',
      'profiles',
    ]) {
      assert.ok(found.includes(`infill.${name}`), name)
    }
  })
})
