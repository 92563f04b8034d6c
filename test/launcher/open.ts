import type { Page } from 'playwright-core'
import { type AnyEditor, chooseEditor } from './choose.ts'
import { openDesktopWindow } from './desktopWindow.ts'
import { installExtension } from './installExtension.ts'
import { root } from './paths.ts'
import { createProfile, readLog, removeProfile, type Settings } from './profile.ts'
import { openServerWindow } from './serverWindow.ts'

/** A running VS Code with Infill, and the page that shows it */
export type Editor = {
  page: Page
  description: string
  workspace: string
  /** Folder of the user's settings and the logs */
  data: string
  /** Address of the server build, for any browser */
  url: string | undefined
  /** Returns the text of Infill's log. */
  log: () => Promise<string>
  close: () => Promise<void>
}

export type EditorOptions = {
  workspace: string
  settings?: Settings
  /** A packaged extension to install instead of the one under development */
  vsix?: string
  /** Folder of an extension under development, or of several. Default: the root folder */
  extension?: string
  /** Value of `--log`: `infill.infill:trace` */
  logLevel?: string
  env?: NodeJS.ProcessEnv
  /** VS Code's display language; only in the server build */
  language?: string
}

export async function openEditor(options: EditorOptions, chosen?: AnyEditor): Promise<Editor> {
  const editor = chosen ?? (await chooseEditor())
  const profile = await createProfile(options.settings)
  try {
    if (options.vsix !== undefined) await installExtension(editor, profile, options.vsix)
    const { workspace, logLevel, env, language } = options
    const extension = options.vsix === undefined ? (options.extension ?? root) : undefined
    const window = { profile, workspace, extension, logLevel, env, language }
    const { page, url, close } = await (editor.kind === 'server'
      ? openServerWindow(editor, window)
      : openDesktopWindow(editor, window))
    return {
      page,
      url,
      description: editor.description,
      workspace: options.workspace,
      data: profile.data,
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
