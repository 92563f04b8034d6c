// The code in `evaluate` runs in the page.
import type { Page } from 'playwright-core'
import { until } from '../../launcher/run.ts'

/** In ms since 1970, with fractions: a page and Node.js on one machine share this clock. */
export interface Pressed {
  downAt: number
  /** When the frame with the text begins */
  visibleAt: number
}

declare global {
  var pressed: Partial<Pressed> | undefined
}

/** Presses a key, and waits until the editor shows this text. */
export async function press(page: Page, key: string, text: string): Promise<Pressed> {
  await page.evaluate((expected) => {
    const found: Partial<Pressed> = {}
    globalThis.pressed = found
    const now = (): number => performance.timeOrigin + performance.now()
    // The last key of the chord
    const onDown = (): void => {
      found.downAt = now()
    }
    addEventListener('keydown', onDown, { capture: true })
    const observer = new MutationObserver(() => {
      const lines = document.querySelector('.monaco-editor .view-lines')?.textContent ?? ''
      if (!lines.includes(expected)) return
      observer.disconnect()
      removeEventListener('keydown', onDown, { capture: true })
      requestAnimationFrame(() => {
        found.visibleAt = now()
      })
    })
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  }, text)
  await page.keyboard.press(key)
  return until(`${text} to be visible`, async () => {
    const { downAt, visibleAt } = (await page.evaluate(() => globalThis.pressed)) ?? {}
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
