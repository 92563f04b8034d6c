import assert from 'node:assert/strict'
import { profilesIn, selectedProfile } from '../../../src/settings/profiles.ts'
import { parseSettings } from '../../../src/settings/settings.ts'
import { isError } from '../../support/wording.ts'

const PROFILES = {
  local: { endpoint: 'http://127.0.0.1:11434/v1', model: 'qwen', temperature: 0 },
  hosted: { endpoint: 'https://api.example.com/v1', 'http.client': 'vscode', stop: ['\n\n'] },
  empty: {},
}

const parse = (values: Record<string, unknown>) => parseSettings((name) => values[name])

suite('profiles', () => {
  test('are not used unless one is selected', () => {
    const { endpoint, model } = parse({ profiles: PROFILES, model: 'plain' })
    assert.deepEqual([endpoint, model], ['builtin', 'plain'])
  })

  test('take precedence over the plain settings', () => {
    const own = { profiles: PROFILES, profile: 'local', model: 'plain', maxTokens: 7 }
    const { endpoint, model, temperature, maxTokens, topP } = parse(own)
    assert.deepEqual(
      [endpoint, model, temperature, maxTokens, topP],
      ['http://127.0.0.1:11434/v1', 'qwen', 0, 7, null],
    )
  })

  test('have any setting', () => {
    const hosted = parse({ profiles: PROFILES, profile: 'hosted' })
    assert.deepEqual([hosted['http.client'], hosted.stop], ['vscode', ['\n\n']])
  })

  test('may be empty', () => {
    assert.equal(parse({ profiles: PROFILES, profile: 'empty', model: 'plain' }).model, 'plain')
  })

  test('that do not exist are an error, with the names of those that do', () => {
    assert.throws(
      () => parse({ profiles: PROFILES, profile: 'loacl' }),
      isError(
        'invalid_request',
        'There is no profile “loacl” in infill.profiles. It has: local, hosted, empty.',
      ),
    )
    assert.throws(() => parse({ profile: 'toString' }), { message: /unknownProfile/ })
  })

  const rejected: [values: Record<string, unknown>, sentence: string][] = [
    [
      { maxTokens: 'many' },
      'The setting infill.profiles.p.maxTokens must be an integer of at least 0; it is "many".',
    ],
    [
      { modle: 'qwen' },
      'The setting infill.profiles.p.modle is not known, or cannot be part of a profile.',
    ],
    [
      { profile: 'q' },
      'The setting infill.profiles.p.profile is not known, or cannot be part of a profile.',
    ],
    [
      { exclude: [] },
      'The setting infill.profiles.p.exclude is not known, or cannot be part of a profile.',
    ],
  ]
  for (const [values, sentence] of rejected) {
    test(`reject ${JSON.stringify(values)} by its full name`, () => {
      assert.throws(
        () => parse({ profiles: { p: values }, profile: 'p' }),
        isError('invalid_request', sentence),
      )
    })
  }

  test('that are invalid do no harm until they are selected', () => {
    assert.equal(parse({ profiles: { p: { maxTokens: 'many' } } }).maxTokens, 256)
    assert.throws(() => parse({ profiles: { p: 'local' } }), { message: /invalidSetting/ })
  })

  test('are read unchecked for the status bar', () => {
    const read = (name: string): unknown =>
      ({ profile: 'b', profiles: { a: 1, b: { model: 5 } } })[name]
    assert.deepEqual(Object.keys(profilesIn(read)), ['b'])
    assert.deepEqual(selectedProfile(read), { model: 5 })
  })
})
