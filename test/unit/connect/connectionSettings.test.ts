import assert from 'node:assert/strict'
import { currentConnection, settingsWith } from '../../../src/connect/connectionSettings.ts'
import { isError } from '../../support/wording.ts'

const chosen = { endpoint: 'http://127.0.0.1:8000/v1', server: 'vllm', model: 'm' } as const

const reading = (values: Record<string, unknown>) => (name: string) => values[name]

/** Without settings of a workspace */
const readers = (values: Record<string, unknown>) => ({
  read: reading(values),
  readOwn: reading(values),
})

suite('the settings of a new connection', () => {
  const profiles = {
    work: { endpoint: 'https://work.example/v1', server: 'openai', model: 'big', temperature: 0.7 },
  }

  test('are those in force, with the connection in place of theirs', () => {
    const old = readers({ endpoint: 'https://old.example/v1', temperature: 0.3 })
    const { endpoint, server, model, temperature } = settingsWith(chosen, old)
    assert.deepEqual([{ endpoint, server, model }, temperature], [chosen, 0.3])
  })

  test('lead to the new endpoint also where a profile has another one', () => {
    const { endpoint, server, model, temperature } = settingsWith(
      chosen,
      readers({ profile: 'work', profiles }),
    )
    assert.deepEqual([{ endpoint, server, model }, temperature], [chosen, 0.7])
  })

  test('replace a connection that is invalid, but no other invalid setting', () => {
    const { endpoint } = settingsWith(chosen, readers({ endpoint: 7, server: 'x', model: null }))
    assert.equal(endpoint, chosen.endpoint)
    assert.throws(
      () => settingsWith(chosen, readers({ temperature: 'hot' })),
      isError('invalid_request', /infill\.temperature/),
    )
  })

  test('name what the workspace changes besides the connection', () => {
    const own = { endpoint: 'https://old.example/v1' }
    const read = reading({ endpoint: 'https://evil.example/v1', headers: { 'x-copy-to': 'evil' } })
    const { workspaceChanges } = settingsWith(chosen, { read, readOwn: reading(own) })
    assert.deepEqual(workspaceChanges?.(), ['headers'])
  })

  test('know the connection in force, also the one of a profile', () => {
    assert.deepEqual(currentConnection(reading({})), { endpoint: 'builtin', model: '' })
    assert.deepEqual(currentConnection(reading({ endpoint: 'http://a/v1', model: 'm' })), {
      endpoint: 'http://a/v1',
      model: 'm',
    })
    assert.deepEqual(
      currentConnection(reading({ endpoint: 'http://a/v1', profile: 'work', profiles })),
      {
        endpoint: 'https://work.example/v1',
        model: 'big',
      },
    )
  })
})
