import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { Editor } from './open.ts'
import { until } from './run.ts'

// Actions of a user: key presses in the window, and what it shows.

const quickInput = (page: Page): Locator => page.locator('.quick-input-widget input.input')

/** Opens a file of the workspace by keyboard, with the cursor at this position. Line and column start at 1. */
export async function openFile(
  { page }: Editor,
  file: string,
  { line, column } = { line: 1, column: 1 },
): Promise<void> {
  const name = file.split('/').at(-1) ?? file
  await page.keyboard.press('ControlOrMeta+P')
  await quickInput(page).fill(`${file}:${line}:${column}`)
  const first = page.locator('.quick-input-widget .monaco-list-row.focused')
  await first.filter({ hasText: name }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.tab.active').filter({ hasText: name }).waitFor()
  await cursorAt(page, line, column)
}

async function cursorAt(page: Page, line: number, column: number): Promise<void> {
  const position = page.locator('[id="status.editor.selection"]')
  await position.filter({ hasText: `Ln ${line}, Col ${column}` }).waitFor()
}

/** Runs a command from the palette. `title` is its full title: `Infill: Complete at Cursor`. */
export async function runCommand({ page }: Editor, title: string): Promise<void> {
  const exactly = new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`)
  const found = page.locator('.quick-input-widget .label-name').filter({ hasText: exactly })
  await until(`the command "${title}"`, async () => {
    await page.keyboard.press('F1')
    await quickInput(page).fill(`>${title}`)
    try {
      await found.waitFor({ timeout: 5000 })
      return true
    } catch {
      // A new window registers commands late, and the palette does not notice.
      await page.keyboard.press('Escape')
      return undefined
    }
  })
  // Not Enter: recently used commands with similar titles are listed first.
  await found.click()
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
}

/** Infill's status bar item */
export const statusItem = ({ page }: Editor): Locator =>
  page.locator('[id="infill.infill.infill.status"]')

/** Returns the text of the status bar item without icons. */
export async function statusText(editor: Editor): Promise<string> {
  const text = await statusItem(editor).innerText()
  return text.replace(/\s+/g, ' ').trim()
}

/** Starts a completion, and returns the text of the status bar item after it has ended. */
export async function completed(editor: Editor, start: () => Promise<void>): Promise<string> {
  // Two completions can end with the same status. The log has a line for each.
  const ends = async () =>
    (await editor.log()).match(/\[(info\] completion ended|error\])/g)?.length
  const before = (await ends()) ?? 0
  await start()
  await until('a completion to end', async () => ((await ends()) ?? 0) > before || undefined)
  let last: string | undefined
  return until('the status bar to settle', async () => {
    const busy = await statusItem(editor).locator('.codicon-loading').count()
    const previous = last
    last = await statusText(editor)
    return busy === 0 && last === previous ? last : undefined
  })
}

/** Returns the notifications on screen. */
export function notifications({ page }: Editor): Promise<string[]> {
  return page.locator('.notification-toast .notification-list-item-message').allInnerTexts()
}

/** Saves the active file and returns its text on disk, which must not be empty. */
export async function save({ page, workspace }: Editor, file: string): Promise<string> {
  await page.keyboard.press('ControlOrMeta+S')
  await page.locator('.tab.active:not(.dirty)').waitFor()
  // A file without changes is written as well, with no sign of it, and VS Code first empties it.
  return until(`the text of ${file}`, async () => {
    const text = await readFile(join(workspace, file), 'utf8')
    return text === '' ? undefined : text
  })
}

/** Returns whether the active file has unsaved changes. */
export async function isDirty({ page }: Editor): Promise<boolean> {
  return (await page.locator('.tab.active.dirty').count()) > 0
}

export async function undo({ page }: Editor): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Z')
}
