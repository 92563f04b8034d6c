import { commands, window, workspace, type Memento } from 'vscode'
import type { CommandId } from '../commands.ts'
import type { Progress } from '../usage/progress.ts'
import type { Translate } from './translate.ts'

/** Whether the user knows that the built-in endpoint was used */
const IS_TOLD = 'builtinIsTold'

/**
 * After the first completion of a user who has not configured anything, says what it was made with and how
 * to connect a model. Once on each machine.
 */
export async function tellAboutBuiltin(
  progress: Progress,
  memory: Memento,
  t: Translate,
): Promise<void> {
  if (progress.kind !== 'done' || progress.end.by === 'user') return
  if (memory.get(IS_TOLD) === true || isConfigured()) return
  await memory.update(IS_TOLD, true)
  const connect = t('Connect a Model…')
  const chosen = await window.showInformationMessage(
    t(
      'Infill used its built-in endpoint, a small model of this workspace. A larger model writes new code.',
    ),
    connect,
  )
  const command: CommandId = 'infill.connect'
  if (chosen === connect) await commands.executeCommand(command)
}

function isConfigured(): boolean {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  return ['endpoint', 'profile'].some((name) => {
    const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {}
    return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined)
  })
}
