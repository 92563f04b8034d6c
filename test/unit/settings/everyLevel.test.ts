import assert from 'node:assert/strict'
import { everyLevel } from '../../../src/settings/everyLevel.ts'

suite('a list of all levels', () => {
  test('combines the lists: a workspace cannot remove the user’s exclusions', () => {
    const levels = { globalValue: ['a'], workspaceValue: [], workspaceFolderValue: ['b'] }
    assert.deepEqual(everyLevel(levels), ['a', 'b'])
  })

  test('is empty when no level has a value', () => {
    assert.deepEqual(everyLevel({}), [])
    assert.deepEqual(everyLevel({ globalValue: undefined }), [])
  })

  test('keeps a value that is not a list, so that validation rejects it', () => {
    assert.equal(everyLevel({ globalValue: ['a'], workspaceValue: '**' }), '**')
    assert.equal(everyLevel({ globalValue: null }), null)
  })
})
