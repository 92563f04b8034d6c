import assert from 'node:assert/strict'
import { placesFor } from '../../../src/connect/places.ts'

suite('the places of a connection', () => {
  test('are the user’s settings where no workspace is open', () => {
    assert.deepEqual(placesFor(null), ['user'])
  })

  test('are not those of a workspace that is not trusted', () => {
    for (const hasEndpoint of [true, false]) {
      assert.deepEqual(placesFor({ isTrusted: false, hasEndpoint }), ['user'])
    }
  })

  test('are both otherwise, first the one that is in force', () => {
    assert.deepEqual(placesFor({ isTrusted: true, hasEndpoint: false }), ['user', 'workspace'])
    assert.deepEqual(placesFor({ isTrusted: true, hasEndpoint: true }), ['workspace', 'user'])
  })
})
