import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'
import type { Frame } from './animation.ts'
import { defaultKey } from '../launcher/keys.ts'
import type { Editor } from '../launcher/open.ts'
import type { Settings } from '../launcher/profile.ts'
import { cursorMark } from '../launcher/sample.ts'
import { completed, openFile, runCommand, undo } from '../launcher/user.ts'

const size = { width: 900, height: 480 }

/** Shortest time between two frames, in milliseconds. */
const interval = 100

/** Shows only the text, the pressed keys and the status bar. */
export const sceneSettings: Settings = {
  'breadcrumbs.enabled': false,
  'editor.folding': false,
  'editor.fontSize': 15,
  'editor.glyphMargin': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.matchBrackets': 'never',
  'editor.occurrencesHighlight': 'off',
  'editor.overviewRulerBorder': false,
  'editor.renderLineHighlight': 'none',
  'editor.scrollBeyondLastLine': false,
  'editor.scrollbar.vertical': 'hidden',
  'infill.model': 'workspace',
  'screencastMode.fontSize': 32,
  'screencastMode.keyboardOptions': {
    showCommandGroups: false,
    showCommands: false,
    showKeybindings: true,
    showKeys: false,
    showSingleEditorCursorMoves: false,
  },
  'screencastMode.keyboardOverlayTimeout': 1400,
  'screencastMode.verticalOffset': 7,
  'window.commandCenter': false,
  'window.menuBarVisibility': 'hidden',
  'workbench.activityBar.location': 'hidden',
  'workbench.editor.editorActionsLocation': 'hidden',
  'workbench.layoutControl.enabled': false,
}

/** Films a completion, its undo and redo in a file that it adds to the workspace. */
export async function filmScene(editor: Editor): Promise<Frame[]> {
  const { page, workspace } = editor
  const file = 'refunds.py'
  const marked = await readFile(new URL(`scene/${file}`, import.meta.url), 'utf8')
  await writeFile(join(workspace, file), marked.replace(cursorMark, ''))
  const lines = marked.slice(0, marked.indexOf(cursorMark)).split('\n')
  const position = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
  await page.setViewportSize(size)
  await openFile(editor, file, position)
  await runCommand(editor, 'View: Toggle Primary Side Bar Visibility')
  await runCommand(editor, 'Developer: Toggle Screencast Mode')
  // Wait until the names of these commands disappear.
  await pause(3_000)
  const devTools = await page.context().newCDPSession(page)
  // Sharp on high-resolution screens, but small enough for the package.
  const metrics = { ...size, deviceScaleFactor: 1.5, mobile: false }
  await devTools.send('Emulation.setDeviceMetricsOverride', metrics)
  return record(devTools, play(editor))
}

async function play(editor: Editor): Promise<void> {
  const { keyboard } = editor.page
  await pause(1_200)
  await completed(editor, () => keyboard.press(defaultKey('infill.complete')))
  await pause(2_500)
  await undo(editor)
  await pause(2_200)
  await keyboard.press('ControlOrMeta+Shift+Z')
  await pause(2_800)
}

/** Takes screenshots until the action ends. */
async function record(devTools: CDPSession, action: Promise<void>): Promise<Frame[]> {
  const end = new AbortController()
  const [frames] = await Promise.all([
    shoot(devTools, end.signal),
    action.finally(() => end.abort()),
  ])
  return frames
}

async function shoot(devTools: CDPSession, end: AbortSignal): Promise<Frame[]> {
  const frames: Frame[] = []
  while (!end.aborted) {
    const at = performance.now()
    const { data } = await devTools.send('Page.captureScreenshot', { format: 'png' })
    await pause(Math.max(0, interval - (performance.now() - at)))
    frames.push({ png: Buffer.from(data, 'base64'), duration: performance.now() - at })
  }
  return frames
}
