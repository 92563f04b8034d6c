import { l10n, window, type QuickPick, type QuickPickItem } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { parseModels } from '../servers/models.ts'
import { endpointLabel } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { saveSetting } from '../settings/vscode/saveSetting.ts'
import type { Connections } from './connections.ts'
import { listModels } from './detectServer.ts'
import { modelChoices, type ModelChoice } from './modelChoices.ts'

export interface ChooseOptions extends Connections {
  /** Puts an error into words. */
  describe: (error: CompletionError) => string
}

interface Item extends QuickPickItem {
  /** `null` to enter a name */
  id: string | null
}

/** Lets the user choose a model of the endpoint, and saves it where the setting is set. */
export async function chooseModel(options: ChooseOptions): Promise<void> {
  const settings = readSettings(window.activeTextEditor?.document)
  const { item, typed } = await pick(settings, options)
  const model = item?.id === null ? await enterName(typed || settings.model) : item?.id
  if (model !== undefined) await saveSetting('model', model)
}

/** Shows the picker at once and adds the models when they arrive. Closing it cancels the request. */
async function pick(
  settings: Settings,
  options: ChooseOptions,
): Promise<{ item: Item | undefined; typed: string }> {
  const abort = new AbortController()
  const picker = window.createQuickPick<Item>()
  const { promise: accepted, resolve } = Promise.withResolvers<Item | undefined>()
  picker.onDidAccept(() => resolve(picker.activeItems[0]))
  picker.onDidHide(() => resolve(undefined))
  picker.title = l10n.t('Models of {0}', endpointLabel(settings.endpoint))
  picker.placeholder = l10n.t('Loading models…')
  picker.busy = true
  picker.items = [enterNameItem()]
  picker.show()
  try {
    const filled = addModels(picker, settings, options, abort.signal)
    // Any other error is a defect and must be reported.
    const item = await Promise.race([accepted, filled.then(() => accepted)])
    return { item, typed: picker.value }
  } finally {
    abort.abort()
    picker.dispose()
  }
}

async function addModels(
  picker: QuickPick<Item>,
  settings: Settings,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    const connection = await options.connect(settings, signal)
    const { list } = await listModels(connection, connection.profile, signal)
    const items = modelChoices(parseModels(list?.json), settings.model).map(itemOf)
    picker.items = [...items, enterNameItem()]
    picker.activeItems = items.filter(({ id }) => id === settings.model)
    picker.placeholder =
      items.length === 0
        ? l10n.t('This server does not list its models.')
        : l10n.t('The model for completions')
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof CompletionError)) throw error
    picker.placeholder = options.describe(error)
  } finally {
    picker.busy = false
  }
}

function enterNameItem(): Item {
  return { label: `$(edit) ${l10n.t('Enter a name…')}`, id: null, alwaysShow: true }
}

function itemOf({ id, fillsIn, isCurrent, family, infill, contextLength }: ModelChoice): Item {
  const remarks = [
    ...infillRemark(infill, family),
    ...(contextLength === undefined
      ? []
      : [l10n.t('{0} tokens', contextLength.toLocaleString('en'))]),
  ]
  return {
    id,
    label: `$(${fillsIn ? 'sparkle' : 'blank'}) ${id}`,
    description: isCurrent ? l10n.t('current') : '',
    detail: remarks.join(' · '),
  }
}

function infillRemark(infill: ModelChoice['infill'], family: string | undefined): string[] {
  switch (infill) {
    case 'yes':
      return [l10n.t('fills in the middle, according to the server')]
    case 'no':
      return [l10n.t('does not fill in the middle, according to the server')]
    case 'unknown':
      return family === undefined ? [] : [l10n.t('fills in the middle, as {0} models do', family)]
  }
}

async function enterName(value: string): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: l10n.t('Model name'),
    prompt: l10n.t('The name that the server uses. Leave empty to use the server’s default.'),
    value,
  })
  return name?.trim()
}
