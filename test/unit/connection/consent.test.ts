import assert from 'node:assert/strict'
import { createConsent, type ConsentQuestion } from '../../../src/connection/consent.ts'
import { baseUrl } from '../../../src/settings/endpoint.ts'
import { parseSettings, type Settings } from '../../../src/settings/settings.ts'
import { memory } from '../../support/memory.ts'
import { isError } from '../../support/wording.ts'

const EVIL = 'https://evil.example/v1'

function settings(
  values: Readonly<Record<string, unknown>>,
  workspaceChanges?: string[],
): Settings {
  const parsed = parseSettings((name) => values[name])
  return workspaceChanges === undefined
    ? parsed
    : { ...parsed, workspaceChanges: () => workspaceChanges }
}

/** The user answers each question with the next answer. */
function consentWith(answers: boolean[], stored = { workspace: memory(), user: memory() }) {
  const questions: ConsentQuestion[] = []
  const consent = createConsent({
    workspaceState: stored.workspace,
    globalState: stored.user,
    ask: async (question) => {
      questions.push(question)
      await Promise.resolve()
      const answer = answers.shift()
      assert.ok(answer !== undefined, 'unexpected question')
      return answer
    },
  })
  return { consent, questions, stored }
}

const notConfirmed = isError(
  'not_confirmed',
  /^Nothing was sent: you did not allow .*evil\.example/,
)

suite('Connection: consent', () => {
  const hostile = settings({ endpoint: EVIL, headers: { a: '1', b: '2' } }, ['endpoint', 'headers'])

  test('is not needed for the user’s own settings, nor for the built-in endpoint', async () => {
    const { consent } = consentWith([])
    for (const harmless of [
      settings({ endpoint: EVIL }),
      settings({ endpoint: EVIL }, []),
      settings({ endpoint: 'builtin' }, ['endpoint']),
    ]) {
      assert.ok(consent.isGiven(harmless))
      await consent.require(harmless)
    }
  })

  test('is asked for once per workspace and value', async () => {
    const { consent, questions, stored } = consentWith([true])
    assert.ok(!consent.isGiven(hostile))
    await consent.require(hostile)
    await consent.require(hostile)
    assert.ok(consent.isGiven(hostile))
    assert.deepEqual(questions, [
      { id: 'workspaceConnection', where: 'evil.example', settings: ['endpoint', 'headers'] },
    ])
    // After a restart
    const later = consentWith([], stored)
    await later.consent.require(hostile)
    // In another workspace
    const elsewhere = consentWith([false], { ...stored, workspace: memory() })
    await assert.rejects(elsewhere.consent.require(hostile), notConfirmed)
  })

  test('does not depend on the order of headers, but on their values', async () => {
    const { consent } = consentWith([true, false])
    await consent.require(hostile)
    const headers = { b: '2', a: '1' }
    await consent.require(settings({ endpoint: EVIL, headers }, ['headers']))
    const other = settings({ endpoint: EVIL, headers: { ...headers, a: '3' } }, ['headers'])
    await assert.rejects(consent.require(other), notConfirmed)
  })

  test('is asked for again after a refusal', async () => {
    const { consent, stored } = consentWith([false, true])
    await assert.rejects(consent.require(hostile), notConfirmed)
    assert.ok(!consent.isGiven(hostile))
    assert.deepEqual(stored.workspace.keys(), [])
    await consent.require(hostile)
  })

  test('of five cursors is one question', async () => {
    const { consent, questions } = consentWith([true])
    await Promise.all(Array.from({ length: 5 }, () => consent.require(hostile)))
    assert.equal(questions.length, 1)
  })

  test('is given by connecting a model', async () => {
    const { consent } = consentWith([])
    await consent.give(hostile)
    await consent.require(hostile)
  })

  test('looks at the settings of a connection once, until they change', async () => {
    const { consent } = consentWith([])
    let looked = 0
    const counting = {
      ...settings({ endpoint: EVIL }),
      workspaceChanges: () => {
        looked++
        return []
      },
    }
    await consent.require(counting)
    await consent.require({ ...counting })
    assert.equal(looked, 1)
    consent.reset()
    await consent.require(counting)
    assert.equal(looked, 2)
  })

  test('stores no header', async () => {
    const { consent, stored } = consentWith([true])
    const secret = settings({ endpoint: EVIL, headers: { auth: 'Bearer s3cr3t' } }, ['headers'])
    await consent.require(secret)
    const all = stored.workspace.keys().map((key) => stored.workspace.get(key))
    assert.doesNotMatch(JSON.stringify(all), /s3cr3t|Bearer/)
  })

  suite('to an unencrypted key', () => {
    const requireKey = async (
      answers: boolean[],
      url: string,
      apiKey: string | null,
      headers: Record<string, string> = {},
    ): Promise<number> => {
      const { consent, questions } = consentWith(answers)
      await consent.requireForKey({ base: baseUrl(url), apiKey }, { headers })
      return questions.length
    }

    test('is needed where a network is in between', async () => {
      assert.equal(await requireKey([true], 'http://gpu.example:8000/v1', 'key'), 1)
      assert.equal(await requireKey([true], 'http://192.168.1.5:8000/v1', 'key'), 1)
      assert.equal(await requireKey([true], 'http://gpu.example/v1', null, { 'X-Api-Key': 'k' }), 1)
      await assert.rejects(requireKey([false], 'http://evil.example/v1', 'key'), notConfirmed)
    })

    test('is not needed with TLS, on this machine, or without a key', async () => {
      assert.equal(await requireKey([], 'https://gpu.example/v1', 'key'), 0)
      assert.equal(await requireKey([], 'http://127.0.0.1:8000/v1', 'key'), 0)
      assert.equal(await requireKey([], 'http://gpu.example/v1', null, { 'x-team': 'a' }), 0)
    })

    test('holds in all workspaces', async () => {
      const endpoint = { base: baseUrl('http://gpu.example/v1'), apiKey: 'key' }
      const { consent, stored } = consentWith([true])
      await consent.requireForKey(endpoint, { headers: {} })
      const elsewhere = consentWith([], { ...stored, workspace: memory() })
      await elsewhere.consent.requireForKey(endpoint, { headers: {} })
    })
  })

  test('to another origin is asked for once', async () => {
    const { consent, questions } = consentWith([true, false])
    await consent.requireForOrigin('https://other.example')
    await consent.requireForOrigin('https://other.example')
    await assert.rejects(consent.requireForOrigin('https://evil.example'), notConfirmed)
    assert.deepEqual(
      questions.map(({ where }) => where),
      ['https://other.example', 'https://evil.example'],
    )
  })
})
