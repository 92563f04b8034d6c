import assert from 'node:assert/strict'
import { commands, ConfigurationTarget, workspace } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { startServer, type ScriptedServer } from '../support/sseServer.ts'
import { complete, configure, drawn, openText, useServer } from './support.ts'

suite('profiles', () => {
  const serve = useServer()
  let other: ScriptedServer

  setup(async () => {
    other = await startServer(stream(text('other'), STOP, DONE))
    await serve(stream(text('plain'), STOP, DONE))
    const profile = { endpoint: other.url.href, model: 'big', maxTokens: 9 }
    await configure({ profiles: { other: profile } })
  })
  teardown(async () => {
    await configure({ profile: undefined, profiles: undefined })
    await other.close()
  })

  const completed = async (): Promise<string> => {
    const editor = await openText('(|)')
    await complete()
    return drawn(editor)
  }

  test('change the endpoint and any other setting', async () => {
    assert.equal(await completed(), '(plain|)')
    await configure({ profile: 'other' })
    assert.equal(await completed(), '(other|)')
    const { body } = await other.received()
    assert.ok(typeof body === 'object' && body !== null && 'model' in body && 'max_tokens' in body)
    assert.deepEqual([body.model, body.max_tokens], ['big', 9])
    await configure({ profile: '' })
    assert.equal(await completed(), '(plain|)')
  })

  test('can be selected for one language', async () => {
    const plaintext = workspace.getConfiguration('infill', { languageId: 'plaintext' })
    const select = (name: string | undefined) =>
      plaintext.update('profile', name, ConfigurationTarget.Global, true)
    await select('other')
    try {
      assert.equal(await completed(), '(other|)')
    } finally {
      await select(undefined)
    }
  })

  test('with an unknown name send nothing', async () => {
    await configure({ profile: 'missing' })
    assert.equal(await completed(), '(|)')
    assert.equal(other.requests.length, 0)
  })

  test('the last two are switched by the command and Enter', async () => {
    const profile = (): unknown => workspace.getConfiguration('infill').get('profile')
    const enter = async (): Promise<void> => {
      const chosen = Promise.resolve(commands.executeCommand('infill.switchProfile'))
      const isChosen = chosen.then(() => true)
      // Nothing tells when the list is shown.
      while (!(await Promise.race([isChosen, pause()]))) {
        await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem')
      }
    }
    await enter()
    assert.equal(profile(), 'other')
    await enter()
    assert.equal(profile(), '')
    await enter()
    assert.equal(profile(), 'other')
  })
})

async function pause(): Promise<false> {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return false
}
