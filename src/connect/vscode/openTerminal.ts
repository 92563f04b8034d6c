import { setTimeout as sleep } from 'node:timers/promises'
import { commands, window, type Terminal } from 'vscode'
import type { CommandId } from '../../commands.ts'
import type { Translate } from '../../ui/translate.ts'

const CONNECT: CommandId = 'infill.connect'

/** Opens a terminal with a command. The user reads it, and starts it with Enter. */
export async function openTerminal(command: string, t: Translate): Promise<void> {
  const terminal = window.createTerminal('Infill')
  terminal.show()
  await promptOf(terminal)
  terminal.sendText(command, false)
  const next = t('Connect a Model…')
  const message = t('Press Enter in the terminal. When the command is ready, connect again.')
  const chosen = await window.showInformationMessage(`Infill: ${message}`, next)
  if (chosen === next) await commands.executeCommand(CONNECT)
}

/** In ms: a shell without shell integration never says that it is ready. */
const LIMIT = 2000

/** In ms: shell integration starts before the first prompt is written. */
const PROMPT = 300

/** Waits until the shell is ready. A text that is sent before is shown twice. */
async function promptOf(terminal: Terminal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const listener = window.onDidChangeTerminalShellIntegration((event) => {
    if (event.terminal === terminal) resolve()
  })
  const timer = setTimeout(resolve, LIMIT)
  try {
    await promise
    await sleep(PROMPT)
  } finally {
    clearTimeout(timer)
    listener.dispose()
  }
}
