import { ConfigurationTarget, window, workspace, type QuickPick, type QuickPickItem } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { parseModels } from '../servers/models.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { endpointLabel } from '../settings/endpoint.ts'
import type { Settings } from '../settings/settings.ts'
import { listModels } from './detectServer.ts'
import type { Connection } from '../generation/connection.ts'
import type { Wire } from './connector.ts'
import { modelChoices, type ModelChoice } from './modelChoices.ts'

export interface ChooseOptions {
  connect: (settings: Settings, signal: AbortSignal) => Promise<Connection>
  wire: (settings: Settings) => Promise<Wire>
}

interface Item extends QuickPickItem {
  /** `null`: to be typed */
  id: string | null
}

const BY_HAND: Item = { label: '$(edit) Type a name…', id: null, alwaysShow: true }

/** Lets the user choose one of the endpoint's models, and writes it where the setting is set. */
export async function chooseModel(options: ChooseOptions): Promise<void> {
  const settings = readSettings(window.activeTextEditor?.document)
  const { item, typed } = await pick(settings, options)
  const model = item?.id === null ? await type(typed || settings.model) : item?.id
  if (model !== undefined) await save(model)
}

/** The picker is there at once, and what the server says comes into it. To close it ends the request. */
async function pick(
  settings: Settings,
  options: ChooseOptions,
): Promise<{ item: Item | undefined; typed: string }> {
  const abort = new AbortController()
  const picker = window.createQuickPick<Item>()
  const { promise: accepted, resolve } = Promise.withResolvers<Item | undefined>()
  picker.onDidAccept(() => resolve(picker.activeItems[0]))
  picker.onDidHide(() => resolve(undefined))
  picker.title = `Models of ${endpointLabel(settings.endpoint)}`
  picker.placeholder = 'Asking for its models…'
  picker.busy = true
  picker.items = [BY_HAND]
  picker.show()
  try {
    const filled = streamIntoDocument(picker, settings, options, abort.signal)
    // A failure that is no error of the server's is a defect, and not to be lost.
    const item = await Promise.race([accepted, filled.then(() => accepted)])
    return { item, typed: picker.value }
  } finally {
    abort.abort()
    picker.dispose()
  }
}

async function streamIntoDocument(
  picker: QuickPick<Item>,
  settings: Settings,
  options: ChooseOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    const choices = await choicesOf(settings, options, signal)
    const items = choices.map(itemOf)
    picker.items = [...items, BY_HAND]
    picker.activeItems = items.filter(({ id }) => id === settings.model)
    picker.placeholder =
      items.length === 0 ? 'This server does not list its models.' : 'The model for completions'
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof CompletionError)) throw error
    picker.placeholder = error.message
  } finally {
    picker.busy = false
  }
}

async function choicesOf(
  settings: Settings,
  { connect, wire }: ChooseOptions,
  signal: AbortSignal,
): Promise<ModelChoice[]> {
  const { profile } = await connect(settings, signal)
  const listed = await listModels(await wire(settings), profile, signal)
  return modelChoices(parseModels(listed?.json), settings.model)
}

function itemOf({ id, fillsIn, isCurrent, remarks }: ModelChoice): Item {
  return {
    id,
    label: `$(${fillsIn ? 'sparkle' : 'blank'}) ${id}`,
    description: isCurrent ? 'current' : '',
    detail: remarks.join(' · '),
  }
}

async function type(value: string): Promise<string | undefined> {
  const prompt = 'As the server knows it. Empty: the server’s own choice, where it makes one.'
  const name = await window.showInputBox({ title: 'The name of the model', prompt, value })
  return name?.trim()
}

async function save(model: string): Promise<void> {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  const { workspaceFolderValue, workspaceValue } = configuration.inspect('model') ?? {}
  const target =
    workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : workspaceValue !== undefined
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global
  await configuration.update('model', model, target)
}
