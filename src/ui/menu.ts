import { commands, QuickPickItemKind, window, type QuickPickItem } from 'vscode'
import type { Progress } from '../usage/progress.ts'

interface Entry extends QuickPickItem {
  command: string
  args?: readonly unknown[]
}

/** What the menu has to know of what was inserted last. */
interface LastInsertion {
  readonly places: readonly { readonly tries: readonly string[] }[]
}

/** The menu of the status bar item: what one can do now. */
export async function showMenu(
  progress: Progress,
  last: LastInsertion | null,
  endpoint: string,
): Promise<void> {
  const entries: (Entry | QuickPickItem)[] = [
    ...runEntries(progress),
    ...(last === null ? [] : lastEntries(last)),
    { label: 'Connection', kind: QuickPickItemKind.Separator },
    {
      label: '$(plug) Endpoint, model and settings',
      description: endpoint,
      command: 'workbench.action.openSettings',
      args: ['@ext:infill.infill'],
    },
    { label: '$(symbol-misc) Choose model…', command: 'infill.chooseModel' },
    { label: '$(key) Set API key…', command: 'infill.setApiKey' },
    { label: '$(trash) Remove API key', command: 'infill.removeApiKey' },
    { label: 'Look into it', kind: QuickPickItemKind.Separator },
    { label: '$(json) Preview request', command: 'infill.previewRequest' },
    { label: '$(terminal) Copy request as curl', command: 'infill.copyAsCurl' },
    { label: '$(output) Show log', command: 'infill.showLog' },
  ]
  const chosen = await window.showQuickPick(entries, { title: 'Infill' })
  if (chosen !== undefined && 'command' in chosen) {
    await commands.executeCommand(chosen.command, ...(chosen.args ?? []))
  }
}

function runEntries(progress: Progress): Entry[] {
  if (['waiting', 'streaming', 'held'].includes(progress.kind)) {
    return [
      { label: '$(debug-stop) Stop', description: 'keeps the text', command: 'infill.cancel' },
    ]
  }
  return [{ label: '$(sparkle) Complete at cursor', command: 'infill.complete' }]
}

function lastEntries({ places }: LastInsertion): (Entry | QuickPickItem)[] {
  const count = Math.max(...places.map(({ tries }) => tries.length))
  const others: Entry[] = [
    {
      label: '$(arrow-right) Next alternative',
      description: `of ${count}`,
      command: 'infill.nextAlternative',
    },
    { label: '$(arrow-left) Previous alternative', command: 'infill.previousAlternative' },
  ]
  return [
    { label: 'What was inserted', kind: QuickPickItemKind.Separator },
    { label: '$(refresh) Try again', command: 'infill.regenerate' },
    ...(count > 1 ? others : []),
    { label: '$(debug-continue) Continue', command: 'infill.continue' },
  ]
}
