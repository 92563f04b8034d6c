import type { Page } from 'playwright-core'
import { until } from '../../launcher/run.ts'

/** In ms since 1970, with fractions: a page and Node.js on one machine share this clock. */
export interface Pressed {
  downAt: number
  /** When the frame with the text begins */
  visibleAt: number
}

/** Runs in the page: records when a key was last pressed, and when the editor shows the text. */
const watch = (text: string): string => `{
  const found = (globalThis.pressed = {})
  const now = () => performance.timeOrigin + performance.now()
  const onDown = () => { found.downAt = now() }
  addEventListener('keydown', onDown, { capture: true })
  const observer = new MutationObserver(() => {
    const lines = document.querySelector('.monaco-editor .view-lines')?.textContent ?? ''
    if (!lines.includes(${JSON.stringify(text)})) return
    observer.disconnect()
    removeEventListener('keydown', onDown, { capture: true })
    requestAnimationFrame(() => { found.visibleAt = now() })
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
}`

/** Presses a key, and waits until the editor shows this text. */
export async function press(page: Page, key: string, text: string): Promise<Pressed> {
  await page.evaluate(watch(text))
  await page.keyboard.press(key)
  return until(`${text} to be visible`, async () => {
    const { downAt, visibleAt } = await page.evaluate<Partial<Pressed>>('globalThis.pressed')
    return downAt === undefined || visibleAt === undefined ? undefined : { downAt, visibleAt }
  })
}

/** Undoes until the editor no longer shows this text. */
export async function undone(page: Page, text: string): Promise<void> {
  await until(`${text} to be undone`, async () => {
    const lines = await page.locator('.monaco-editor .view-lines').first().innerText()
    if (!lines.includes(text)) return true
    await page.keyboard.press('ControlOrMeta+Z')
    return undefined
  })
}

export const now = (): number => performance.timeOrigin + performance.now()
