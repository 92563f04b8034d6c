import assert from 'node:assert/strict'
import { conceal, reveal, secretsOf, withoutSecrets } from '../../../src/completions/secrets.ts'

const options = {
  apiKey: 'sk-0123456789',
  headers: {
    'x-team': 'docs',
    'X-Api-Key': 'second-secret',
    'x-api': 'a',
    'x-api-token': 'third"one',
  },
}

suite('Completions: secrets', () => {
  const secrets = secretsOf(options)

  test('are replaced by names of shell variables', () => {
    assert.deepEqual(Object.fromEntries(secrets), {
      $INFILL_API_KEY: 'sk-0123456789',
      $INFILL_HEADER_X_API_KEY: 'second-secret',
      $INFILL_HEADER_X_API_TOKEN: 'third"one',
    })
    assert.deepEqual(withoutSecrets(options), {
      apiKey: '$INFILL_API_KEY',
      headers: {
        'x-team': 'docs',
        'X-Api-Key': '$INFILL_HEADER_X_API_KEY',
        'x-api': 'a',
        'x-api-token': '$INFILL_HEADER_X_API_TOKEN',
      },
    })
  })

  test('there are none without a key and headers', () => {
    assert.equal(secretsOf({ apiKey: null }).size, 0)
    assert.deepEqual(withoutSecrets({ apiKey: null }), { apiKey: null, headers: {} })
  })

  test('are inserted for their whole names only', () => {
    assert.equal(reveal('Bearer $INFILL_API_KEY', secrets), 'Bearer sk-0123456789')
    assert.equal(reveal('$INFILL_HEADER_X_API_TOKEN', secrets), 'third"one')
    assert.equal(reveal('$HOME', secrets), '$HOME')
    assert.equal(reveal('$INFILL_API_KEY2', secrets), null)
    assert.equal(reveal('Bearer $INFILL_API_KEY', new Map()), null)
  })

  test('are removed from text and JSON, except common words', () => {
    assert.equal(
      conceal(JSON.stringify(['key sk-0123456789', 'third"one']), secrets),
      '["key $INFILL_API_KEY","$INFILL_HEADER_X_API_TOKEN"]',
    )
    assert.equal(conceal('none of it', secretsOf({ apiKey: 'none' })), 'none of it')
    assert.equal(conceal('a$&b-----', secretsOf({ apiKey: 'a$&b-----' })), '$INFILL_API_KEY')
  })
})
