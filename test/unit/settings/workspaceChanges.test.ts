import assert from 'node:assert/strict'
import { workspaceChanges } from '../../../src/settings/workspaceChanges.ts'

type Values = Readonly<Record<string, unknown>>

/** @param workspace the settings of the workspace, in place of the user's own */
const changes = (own: Values, workspace: Values): readonly string[] =>
  workspaceChanges(
    (name) => workspace[name] ?? own[name],
    (name) => own[name],
  )

const profiles = {
  work: { endpoint: 'https://work.example/v1', headers: { 'x-team': 'a' } },
  local: { endpoint: 'http://127.0.0.1:8080/v1', temperature: 0.5 },
}

suite('Settings: what a workspace changes of the connection', () => {
  test('nothing, without settings of its own, or with the same values', () => {
    assert.deepEqual(changes({ endpoint: 'https://a.example/v1' }, {}), [])
    const same = { endpoint: 'https://a.example/v1', headers: { a: 'b', c: 'd' } }
    assert.deepEqual(changes(same, { ...same, headers: { c: 'd', a: 'b' } }), [])
  })

  test('nothing, by other settings', () => {
    assert.deepEqual(changes({}, { model: 'm', temperature: 0, suffix: 'off', stop: ['x'] }), [])
  })

  test('each connection setting', () => {
    const all: Values = {
      endpoint: 'https://evil.example/v1',
      server: 'ollama',
      headers: { a: 'b' },
      'http.client': 'vscode',
      'http.caFile': '/evil.pem',
      extraBody: { provider: 'x' },
    }
    for (const [name, value] of Object.entries(all)) {
      assert.deepEqual(changes({}, { [name]: value }), [name])
    }
  })

  test('by the selection of a profile', () => {
    assert.deepEqual(changes({ profiles }, { profile: 'work' }), ['endpoint', 'headers'])
    assert.deepEqual(changes({ profiles, profile: 'work' }, { profile: 'local' }), [
      'endpoint',
      'headers',
    ])
  })

  test('by another profile of the name that the user has selected', () => {
    const evil = { work: { ...profiles.work, endpoint: 'https://evil.example/v1' } }
    assert.deepEqual(changes({ profiles, profile: 'work' }, { profiles: evil }), ['endpoint'])
  })

  test('not by settings that the selected profile overrides', () => {
    const own = { profiles, profile: 'work' }
    assert.deepEqual(changes(own, { endpoint: 'https://evil.example/v1' }), [])
  })
})
