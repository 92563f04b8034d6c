// `npm run pictures`: renders the pictures in media/ from the icon's drawing and the real editor.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { animatedPng } from './animation.ts'
import { type BrowserChoice, launch } from '../launcher/browser.ts'
import { type AnyEditor, chooseEditor } from '../launcher/choose.ts'
import { openEditor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { run } from '../launcher/run.ts'
import { copySample } from '../launcher/sample.ts'
import { filmScene, sceneSettings } from './scene.ts'
import { openSlowEndpoint } from './slowEndpoint.ts'

async function recordAnimation(chosen: AnyEditor): Promise<Buffer> {
  const { folder: workspace, remove } = await copySample()
  try {
    const endpoint = await openSlowEndpoint(workspace, { first: 1_600, next: 65 })
    try {
      const settings = { ...sceneSettings, 'infill.endpoint': endpoint.url }
      const editor = await openEditor({ workspace, settings }, chosen)
      try {
        return animatedPng(await filmScene(editor))
      } finally {
        await editor.close()
      }
    } finally {
      await endpoint.close()
    }
  } finally {
    await remove()
  }
}

async function renderIcon(choice: BrowserChoice): Promise<Buffer> {
  const browser = await launch(choice)
  try {
    const page = await browser.newPage({ viewport: { width: 256, height: 256 } })
    const svg = await readFile(join(root, 'media', 'icon.svg'), 'utf8')
    await page.setContent(`<body style="margin: 0">${svg}`)
    return await page.screenshot({ omitBackground: true })
  } finally {
    await browser.close()
  }
}

async function save(name: string, picture: Buffer): Promise<void> {
  await writeFile(join(root, 'media', name), picture)
  console.log(`media/${name}: ${Math.round(picture.length / 1000)} KB`)
}

// The server build looks the same wherever the pictures are made.
process.env['INFILL_EDITOR'] = 'server'
await run(process.execPath, ['esbuild.js'], { cwd: root, timeout: 120_000 })
const chosen = await chooseEditor()
if (chosen.kind !== 'server') throw new Error('The pictures require the server build.')
await save('icon.png', await renderIcon(chosen.browser))
await save('infill.png', await recordAnimation(chosen))
