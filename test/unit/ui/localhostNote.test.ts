import assert from 'node:assert/strict'
import { localhostNote } from '../../../src/ui/localhostNote.ts'
import { english } from '../../../src/ui/translate.ts'

suite('UI: which machine localhost is', () => {
  const remote = { isRemote: true, remoteName: 'ssh-remote' }
  const own = { isRemote: false, remoteName: 'wsl' }

  test('is not said in a window without a remote machine', () => {
    assert.equal(localhostNote('127.0.0.1:8080', null, english), null)
  })

  test('is not said of other hosts', () => {
    for (const host of ['api.example.com', '192.168.1.5:8080', 'builtin', 'vscode-lm', '']) {
      assert.equal(localhostNote(host, remote, english), null)
    }
  })

  test('is the machine that Infill runs on', () => {
    for (const host of ['localhost:11434', '127.0.0.1:8080', '[::1]:8080']) {
      const onRemote = `${host} is on the remote machine (ssh-remote), where Infill runs.`
      assert.equal(localhostNote(host, remote, english), onRemote)
      const onOwn = `${host} is on your own computer, where Infill runs, and not on the remote machine (wsl).`
      assert.equal(localhostNote(host, own, english), onOwn)
    }
  })
})
