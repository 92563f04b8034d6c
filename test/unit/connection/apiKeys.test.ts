import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { SecretStorage } from 'vscode'
import { apiKeysIn } from '../../../src/connection/apiKeys.ts'

const ORIGIN = 'https://api.example.com'
const NAME = `infill.apiKey ${ORIGIN}`

/** A secret storage that counts how often it is read, with another window that can change it */
function storage(): {
  secrets: SecretStorage
  reads: () => number
  changeElsewhere: (key: string) => void
} {
  const values = new Map<string, string>()
  const events = new EventEmitter()
  let reads = 0
  return {
    secrets: {
      get: async (name) => {
        reads++
        return values.get(name)
      },
      store: async (name, value) => void values.set(name, value),
      delete: async (name) => void values.delete(name),
      keys: async () => [...values.keys()],
      onDidChange(listener) {
        events.on('change', listener)
        return { dispose: () => events.off('change', listener) }
      },
    },
    reads: () => reads,
    changeElsewhere(key) {
      values.set(NAME, key)
      events.emit('change', { key: NAME })
    },
  }
}

suite('API keys', () => {
  test('are read once', async () => {
    const { secrets, reads } = storage()
    const keys = apiKeysIn(secrets)
    await keys.set(ORIGIN, 'one')
    assert.deepEqual([await keys.get(ORIGIN), await keys.get(ORIGIN)], ['one', 'one'])
    assert.equal(reads(), 1)
  })

  test('that another window changes are read again', async () => {
    const { secrets, changeElsewhere } = storage()
    const keys = apiKeysIn(secrets)
    assert.equal(await keys.get(ORIGIN), null)
    changeElsewhere('two')
    assert.equal(await keys.get(ORIGIN), 'two')
  })

  test('that are set and removed are read again', async () => {
    const keys = apiKeysIn(storage().secrets)
    await keys.get(ORIGIN)
    await keys.set(ORIGIN, 'three')
    assert.equal(await keys.get(ORIGIN), 'three')
    await keys.remove(ORIGIN)
    assert.equal(await keys.get(ORIGIN), null)
  })

  test('are bound to their origin', async () => {
    const keys = apiKeysIn(storage().secrets)
    await keys.set(ORIGIN, 'one')
    assert.equal(await keys.get('https://other.example.com'), null)
  })

  test('a failure to read is not remembered', async () => {
    const { secrets } = storage()
    let fails = true
    const get = async (name: string): Promise<string | undefined> => {
      if (fails) throw new Error('locked')
      return secrets.get(name)
    }
    const keys = apiKeysIn({ ...secrets, get })
    await assert.rejects(keys.get(ORIGIN), /locked/)
    fails = false
    assert.equal(await keys.get(ORIGIN), null)
  })
})
