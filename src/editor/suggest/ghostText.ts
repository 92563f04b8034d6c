import { commands, type Disposable } from 'vscode'
import type { EditorCommandId } from '../../commands.ts'

/** Asks VS Code to show the items of the provider, at most once per this many ms */
const INTERVAL = 100

const TRIGGER: EditorCommandId = 'editor.action.inlineSuggest.trigger'
const HIDE: EditorCommandId = 'editor.action.inlineSuggest.hide'

/** The text that VS Code shows at the cursor */
export interface GhostText extends Disposable {
  /** Shows what the provider has now. */
  show(): void
}

export function ghostText(): GhostText {
  let isShown = false
  let timer: NodeJS.Timeout | undefined
  let shownAt = 0

  async function trigger(): Promise<void> {
    timer = undefined
    shownAt = performance.now()
    // VS Code keeps an item that it shows, though the provider has a longer one.
    if (isShown) await commands.executeCommand(HIDE)
    isShown = true
    // Other extensions are not asked.
    await commands.executeCommand(TRIGGER, { providerId: 'infill.infill:*' })
  }

  return {
    show() {
      const wait = Math.max(0, shownAt + INTERVAL - performance.now())
      timer ??= setTimeout(() => void trigger(), wait)
    },
    dispose() {
      clearTimeout(timer)
      if (isShown) void commands.executeCommand(HIDE)
    },
  }
}
