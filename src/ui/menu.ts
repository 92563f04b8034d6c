import { commands, QuickPickItemKind, window, type QuickPickItem } from 'vscode'
import type { CommandId, EditorCommandId } from '../commands.ts'
import { BUILTIN } from '../settings/endpointLabel.ts'
import type { ConfiguredEndpoint } from '../settings/vscode/configuration.ts'
import type { Progress } from '../usage/progress.ts'
import type { Translate } from './translate.ts'

interface Entry extends QuickPickItem {
  command: CommandId | EditorCommandId
  args?: readonly unknown[]
}

/** What the menu shows of the last insertion. */
interface LastInsertion {
  readonly places: readonly { readonly tries: readonly unknown[] }[]
}

export interface MenuState {
  progress: Progress
  last: LastInsertion | null
  endpoint: ConfiguredEndpoint
  showsConfidence: boolean
}

/** The menu of the status bar item: the actions that are available now. */
export async function showMenu(state: MenuState, t: Translate): Promise<void> {
  const chosen = await window.showQuickPick(menuEntries(state, t), { title: 'Infill' })
  if (chosen !== undefined && 'command' in chosen) {
    await commands.executeCommand(chosen.command, ...(chosen.args ?? []))
  }
}

function menuEntries(
  { progress, last, endpoint, showsConfidence }: MenuState,
  t: Translate,
): (Entry | QuickPickItem)[] {
  const connect: Entry = { label: t('$(plug) Connect a model…'), command: 'infill.connect' }
  const isBuiltin = endpoint.label === BUILTIN
  return [
    ...(isBuiltin ? [connect] : []),
    runEntry(progress, t),
    ...(last === null ? [] : lastInsertionEntries(last, showsConfidence, t)),
    separator(t('Connection')),
    ...(isBuiltin ? [] : [connect]),
    {
      label: t('$(account) Switch profile…'),
      description: endpoint.profile,
      command: 'infill.switchProfile',
    },
    {
      label: t('$(settings-gear) Endpoint, model and settings'),
      description: endpoint.label,
      command: 'workbench.action.openSettings',
      args: ['@ext:infill.infill'],
    },
    { label: t('$(symbol-misc) Choose model…'), command: 'infill.chooseModel' },
    { label: t('$(key) Set API key…'), command: 'infill.setApiKey' },
    { label: t('$(trash) Remove API key'), command: 'infill.removeApiKey' },
    separator(t('Inspect')),
    { label: t('$(json) Preview request'), command: 'infill.previewRequest' },
    { label: t('$(terminal) Copy request as curl'), command: 'infill.copyAsCurl' },
    {
      label: showsConfidence ? t('$(eye-closed) Hide confidence') : t('$(eye) Show confidence'),
      description: t('how likely each token was'),
      command: 'infill.toggleConfidence',
    },
    { label: t('$(graph) Show usage'), command: 'infill.showUsage' },
    { label: t('$(output) Show log'), command: 'infill.showLog' },
  ]
}

function runEntry({ kind }: Progress, t: Translate): Entry {
  const isRunning = kind === 'waiting' || kind === 'streaming' || kind === 'held'
  return isRunning
    ? {
        label: t('$(debug-stop) Stop generating'),
        description: t('keeps the text'),
        command: 'infill.cancel',
      }
    : { label: t('$(sparkle) Complete at cursor'), command: 'infill.complete' }
}

function lastInsertionEntries(
  { places }: LastInsertion,
  showsConfidence: boolean,
  t: Translate,
): (Entry | QuickPickItem)[] {
  const count = Math.max(...places.map(({ tries }) => tries.length))
  const alternatives: Entry[] = [
    {
      label: t('$(arrow-right) Next alternative'),
      description: t('of {count}', { count }),
      command: 'infill.nextAlternative',
    },
    { label: t('$(arrow-left) Previous alternative'), command: 'infill.previousAlternative' },
  ]
  const another: Entry = {
    label: t('$(list-selection) Choose another token…'),
    command: 'infill.pickToken',
  }
  return [
    separator(t('Last insertion')),
    { label: t('$(refresh) Regenerate'), command: 'infill.regenerate' },
    ...(count > 1 ? alternatives : []),
    { label: t('$(debug-continue) Continue generating'), command: 'infill.continue' },
    ...(showsConfidence ? [another] : []),
  ]
}

function separator(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator }
}
