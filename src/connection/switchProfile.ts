import { commands, l10n, window, workspace, type Memento, type QuickPickItem } from 'vscode'
import { endpointLabel } from '../settings/endpointLabel.ts'
import { profilesIn } from '../settings/profiles.ts'
import { saveSetting } from '../settings/vscode/saveSetting.ts'

interface Item extends QuickPickItem {
  /** `null`: adds a profile */
  profile: string | null
}

/** The profile that was in force before the last switch */
const PREVIOUS = 'previousProfile'

/**
 * Lets the user choose a profile. The one that was in force before is preselected, so that the command
 * and Enter go back and forth between two.
 */
export async function switchProfile(memory: Memento): Promise<void> {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  const current = configuration.get<string>('profile', '')
  const profiles = Object.entries(profilesIn((name) => configuration.get(name)))
  const items: Item[] = [
    ...profiles.map(([profile, { endpoint, model }]) => ({
      profile,
      label: `$(account) ${profile}`,
      description: [
        ...(typeof endpoint === 'string' ? [endpointLabel(endpoint)] : []),
        ...(typeof model === 'string' && model !== '' ? [model] : []),
        ...(profile === current ? [l10n.t('current')] : []),
      ].join(' · '),
    })),
    {
      profile: '',
      label: l10n.t('$(circle-slash) No profile'),
      description: current === '' ? l10n.t('current') : '',
    },
    { profile: null, label: l10n.t('$(edit) Edit profiles…') },
  ]
  const previous = memory.get<string>(PREVIOUS, '')
  const chosen = await pick(items, ({ profile }) => profile === previous && profile !== current)
  if (chosen === undefined) return
  if (chosen.profile === null) {
    await commands.executeCommand('workbench.action.openSettings', 'infill.profiles')
    return
  }
  if (chosen.profile === current) return
  await memory.update(PREVIOUS, current)
  await saveSetting('profile', chosen.profile)
}

function pick(items: readonly Item[], isFirst: (item: Item) => boolean): Promise<Item | undefined> {
  const picker = window.createQuickPick<Item>()
  const { promise, resolve } = Promise.withResolvers<Item | undefined>()
  picker.title = l10n.t('Switch Profile')
  picker.items = items
  picker.activeItems = items.filter(isFirst)
  picker.onDidAccept(() => resolve(picker.activeItems[0]))
  picker.onDidHide(() => resolve(undefined))
  picker.show()
  return promise.finally(() => picker.dispose())
}
