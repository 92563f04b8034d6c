import assert from 'node:assert/strict'
import { everyLevel } from '../../../src/settings/everyLevel.ts'

suite('a list on every level', () => {
  test('adds up: no workspace takes back what the user has excluded', () => {
    const levels = { globalValue: ['a'], workspaceValue: [], workspaceFolderValue: ['b'] }
    assert.deepEqual(everyLevel(levels), ['a', 'b'])
  })

  test('is empty where nobody says anything', () => {
    assert.deepEqual(everyLevel({}), [])
    assert.deepEqual(everyLevel({ globalValue: undefined }), [])
  })

  test('goes on as it is where it is none, to be refused', () => {
    assert.equal(everyLevel({ globalValue: ['a'], workspaceValue: '**' }), '**')
    assert.equal(everyLevel({ globalValue: null }), null)
  })
})
