import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame } from 'playwright-core'
import { defaultKey } from '../launcher/keys.ts'
import { type Editor, openEditor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { npm } from '../launcher/run.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile, runCommand } from '../launcher/user.ts'
import { insertsAndUndoes } from './insertsAndUndoes.ts'
import { zipEntries } from './zipEntries.ts'

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package(\.nls(\.zh-cn)?)?\.json|LICENSE\.txt|readme\.md|changelog\.md)$/,
  /^extension\/dist\/([\w-]+\.js|l10n\/bundle\.l10n\.zh-cn\.json|ThirdPartyNotices\.txt)$/,
  /^extension\/media\/(icon\.png|request\.schema\.json|walkthrough\/\w+\.svg)$/,
]

suite('the package', () => {
  const vsix = join(root, 'out', 'infill.vsix')
  let sample: Sample | undefined
  let editor: Editor | undefined

  suiteSetup(async function () {
    this.timeout(120_000)
    await npm(root, 'run', 'package', '--', '--out', vsix)
  })

  suiteTeardown(async () => {
    await editor?.close()
    await sample?.remove()
  })

  test('contains only code, documents and the files that they need', async () => {
    const entries = await zipEntries(vsix)
    deepEqual(
      entries.filter((entry) => !allowed.some((pattern) => pattern.test(entry))),
      [],
    )
    const needs = [
      'package.json',
      'dist/extension.js',
      'dist/builtin.js',
      'dist/ThirdPartyNotices.txt',
      'package.nls.zh-cn.json',
      'dist/l10n/bundle.l10n.zh-cn.json',
    ]
    for (const needed of needs) {
      ok(entries.includes(`extension/${needed}`), `${needed} is missing: ${entries.join(', ')}`)
    }
  })

  test('contains the license of each bundled package', async () => {
    const notices = await readFile(join(root, 'dist', 'ThirdPartyNotices.txt'), 'utf8')
    for (const name of ['eventsource-parser', 'ignore', 'llhttp', 'undici']) {
      match(notices, new RegExp(`^${name} .*\\n\\n[^]*?Copyright`, 'm'))
    }
  })

  test('is at most 400 KB', async () => {
    const { size } = await stat(vsix)
    ok(size <= 400_000, `${size} bytes`)
  })

  test('has at most 40 KB that VS Code reads at activation', async () => {
    const files = await readAtActivation(join(root, 'dist'), 'extension.js')
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    ok(bytes > 500 && bytes <= 40_000, `${bytes} bytes in ${[...files.keys()].join(', ')}`)
  })

  test('shows its README without a missing picture when it is installed', async () => {
    sample = await copySample()
    editor = await openEditor({ workspace: sample.folder, vsix })
    const page = await openExtensionPage(editor)
    const images = await page.locator('img').evaluateAll((all) => all.length)
    equal(images, 0)
    match(await page.locator('pre').first().innerText(), /Shift\+Alt\+J/)
    await editor.page.screenshot({ path: join(root, 'out', 'extension-page.png') })
  })

  test('completes at the cursor when it is installed', async () => {
    ok(sample !== undefined && editor !== undefined, 'The test above opens the editor.')
    await openFile(editor, sample.file, sample)
    const { keyboard } = editor.page
    await insertsAndUndoes(editor, sample, () => keyboard.press(defaultKey('infill.complete')))
  })
})

/** Opens the page of the installed extension and returns the frame that shows its README. */
async function openExtensionPage(editor: Editor): Promise<Frame> {
  const { page } = editor
  await runCommand(editor, 'Extensions: Show Installed Extensions')
  await page.locator('.extension-list-item', { hasText: 'Infill' }).first().click()
  for (;;) {
    for (const frame of page.frames()) {
      if ((await frame.locator('h1', { hasText: 'Infill' }).count()) > 0) return frame
    }
    await page.waitForTimeout(100)
  }
}

/** Returns a bundle and all files that it imports statically, directly or indirectly. */
async function readAtActivation(
  folder: string,
  entry: string,
  files = new Map<string, string>(),
): Promise<Map<string, string>> {
  const text = await readFile(join(folder, entry), 'utf8')
  files.set(entry, text)
  for (const [, file = ''] of text.matchAll(/\b(?:from|import)\s*"\.\/([^"]+)"/g)) {
    if (!files.has(file)) await readAtActivation(folder, file, files)
  }
  return files
}
