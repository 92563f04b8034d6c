import { match, ok } from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../launcher/paths.ts'
import { useSampleEditor } from './sampleEditor.ts'

suite('measuring a model', () => {
  const opened = useSampleEditor()

  test('cuts gaps out of the workspace, and shows what came of them', async () => {
    const { page } = opened.editor
    await page.keyboard.press('F1')
    await page.locator('.quick-input-widget input.input').fill('>Infill: Measure This Model…')
    await page
      .locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Measure This Model' })
      .waitFor()
    await page.keyboard.press('Enter')
    const sizes = page.locator('.quick-input-widget .label-name', { hasText: 'gaps' })
    await sizes.first().waitFor()
    match(await sizes.first().innerText(), /^20 gaps/)
    await page.keyboard.press('Enter')
    const report = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
    await report.getByRole('heading', { name: 'builtin' }).waitFor({ timeout: 60_000 })
    const cells = await report.locator('tbody tr').last().locator('th, td').allInnerTexts()
    const [group, number, answered] = cells
    ok(group === 'all' && Number(number) >= 10, cells.join(', '))
    match(answered ?? '', /^\d+\.\d %$/)
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    await report.locator('details').first().click()
    await page.screenshot({ path: join(folder, 'measured.png') })
  })

  test('the report can be saved', async () => {
    const { page } = opened.editor
    const report = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
    await report.getByRole('button', { name: 'Save as JSON' }).click()
    // The dialog shows the folder first, and then the name in it.
    await page.waitForFunction(
      `document.querySelector('.quick-input-widget input.input')?.value.endsWith('infill-measured.json')`,
    )
    await page.keyboard.press('Escape')
  })
})
