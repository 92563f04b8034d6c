import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { installedServers } from '../../../src/connect/installedServers.ts'

suite('installed servers', () => {
  let folder: string

  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'infill-path-'))
  })
  teardown(() => rm(folder, { recursive: true, force: true }))

  async function program(name: string, mode = 0o755): Promise<void> {
    await writeFile(join(folder, name), 'exit 1', { mode })
  }
  const titles = async (path: string, platform: NodeJS.Platform = 'linux'): Promise<string[]> =>
    (await installedServers(path, platform)).map(({ title }) => title)

  test('are found in any folder of the PATH', async () => {
    await program('ollama')
    await program('llama-server')
    const path = ['/does/not/exist', '', folder].join(delimiter)
    assert.deepEqual(await titles(path), ['Ollama', 'llama.cpp'])
  })

  test('are not those of other names, folders, or files that cannot be executed', async function () {
    // Windows has no such permission, and root has all of them only where one is set.
    if (process.platform === 'win32') this.skip()
    await program('ollama-helper')
    await program('llama-server', 0o644)
    assert.deepEqual(await titles(folder), [])
    assert.deepEqual(await titles(''), [])
  })

  test('have a suffix on Windows', async () => {
    await program('ollama.exe')
    assert.deepEqual(await titles(folder, 'win32'), ['Ollama'])
    assert.deepEqual(await titles(folder, 'linux'), [])
  })

  test('are not folders', async () => {
    await mkdir(join(folder, 'ollama'))
    assert.deepEqual(await titles(folder), [])
  })
})
