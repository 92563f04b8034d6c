import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'

suite('the reference', () => {
  test('is imported by nothing else in src, so that the bundle has no descriptions', async () => {
    const src = new URL('../../../../src/', import.meta.url)
    const names = await readdir(src, { recursive: true })
    const files = names
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ts') && !name.startsWith('settings/reference/'))
    assert.ok(files.includes('settings/settings.ts'))
    for (const file of files) {
      assert.doesNotMatch(await readFile(new URL(file, src), 'utf8'), /['"].*\/reference\//, file)
    }
  })
})
