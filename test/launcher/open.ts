import type { Page } from 'playwright-core'
import { type AnyEditor, chooseEditor } from './choose.ts'
import { openDesktopWindow } from './desktopWindow.ts'
import { installExtension } from './installExtension.ts'
import { root } from './paths.ts'
import { createProfile, readLog, removeProfile, type Settings } from './profile.ts'
import { openServerWindow } from './serverWindow.ts'

/** A real VS Code with Infill in it, and the page that shows it. */
export type Editor = {
  page: Page
  description: string
  workspace: string
  /** Where the server build can be seen with any browser. */
  url: string | undefined
  /** The text of Infill's own log file. */
  log: () => Promise<string>
  close: () => Promise<void>
}

export type EditorOptions = {
  workspace: string
  settings?: Settings
  /** A packaged extension to install, in place of the one under development in this folder. */
  vsix?: string
  /** As of `--log`, such as `infill.infill:trace`. */
  logLevel?: string
  env?: NodeJS.ProcessEnv
}

export async function openEditor(options: EditorOptions, chosen?: AnyEditor): Promise<Editor> {
  const editor = chosen ?? (await chooseEditor())
  const profile = await createProfile(options.settings)
  try {
    if (options.vsix !== undefined) await installExtension(editor, profile, options.vsix)
    const { workspace, logLevel, env } = options
    const extension = options.vsix === undefined ? root : undefined
    const window = { profile, workspace, extension, logLevel, env }
    const { page, url, close } = await (editor.kind === 'server'
      ? openServerWindow(editor, window)
      : openDesktopWindow(editor, window))
    return {
      page,
      url,
      description: editor.description,
      workspace: options.workspace,
      log: () => readLog(profile),
      close: async () => {
        await close()
        await removeProfile(profile)
      },
    }
  } catch (error) {
    await removeProfile(profile)
    throw error
  }
}
