import { env } from 'node:process'
import { window } from 'vscode'
import type { ApiKeys } from '../../connection/apiKeys.ts'
import type { Consent } from '../../connection/consent.ts'
import type { Connector } from '../../connection/connector.ts'
import type { CapabilityStore } from '../../generation/serverCapabilities.ts'
import { BUILTIN, endpointLabel } from '../../settings/endpointLabel.ts'
import {
  readSettings,
  settingsReaders,
  type SettingsReaders,
} from '../../settings/vscode/configuration.ts'
import { machineOfExtension, type Machine } from '../../settings/vscode/machine.ts'
import type { Translate } from '../../ui/translate.ts'
import { errorMessage } from '../../ui/wording.ts'
import { connectModel } from '../connectModel.ts'
import { currentConnection, settingsWith } from '../connectionSettings.ts'
import { installedServers } from '../installedServers.ts'
import { findLocal } from '../localServers.ts'
import type { ConnectionSettings, ConnectServices, Place, SavedConnection } from '../step.ts'
import { createEditorQuestions } from './editorQuestions.ts'
import { openTerminal } from './openTerminal.ts'
import { saveConnection, savePlaces } from './saveConnection.ts'

export interface ConnectOptions {
  connector: Connector
  keys: ApiKeys
  consent: Pick<Consent, 'give'>
  capabilities: CapabilityStore
  t: Translate
}

/** The command “Connect a Model…” */
export async function connectCommand(options: ConnectOptions): Promise<void> {
  const questions = createEditorQuestions()
  try {
    await connectModel({ ...servicesFor(options), questions })
  } finally {
    questions.dispose()
  }
}

function servicesFor({
  connector,
  keys,
  consent,
  capabilities,
  t,
}: ConnectOptions): Omit<ConnectServices, 'questions'> {
  const machine = machineOfExtension()
  return {
    t,
    capabilities,
    describe: (error) => errorMessage(error, t),
    current: currentConnection(readers().read),
    settings: (connection) => settingsWith(connection, readers()),
    wire: (settings, key) => connector.connect(settings, key ?? undefined),
    hasKey: async (origin) => (await keys.get(origin)) !== null,
    async findLocal(signal) {
      const settings = settingsWith(LOOPBACK, readers())
      // Loading the network code takes longer than the search may.
      await connector.warmUp({ ...settings, endpoint: BUILTIN })
      const { send } = await connector.connect(settings)
      return findLocal(send, signal)
    },
    // A terminal opens on the remote machine.
    installed: async () =>
      machine?.isRemote === false ? [] : installedServers(env['PATH'] ?? '', process.platform),
    localGroup: localGroup(machine, t),
    // Not awaited: the message may stay open.
    openTerminal: (command) => void openTerminal(command, t),
    places: savePlaces(),
    save: (connection, place) => save(connection, place, { keys, consent, t }),
  }
}

const LOOPBACK: ConnectionSettings = {
  endpoint: 'http://127.0.0.1',
  server: 'openai',
  model: '',
}

function localGroup(machine: Machine | null, t: Translate): string {
  if (machine === null) return t('On this machine')
  const { isRemote, remoteName } = machine
  return isRemote
    ? t('On the remote machine ({remoteName})', { remoteName })
    : t('On your own computer')
}

/** Reads the settings as they are in force for the active editor. */
function readers(): SettingsReaders {
  return settingsReaders(window.activeTextEditor?.document)
}

async function save(
  connection: SavedConnection,
  place: Place,
  { keys, consent, t }: Pick<ConnectOptions, 'keys' | 'consent' | 't'>,
): Promise<void> {
  const isInForce = await saveConnection(connection, place, keys)
  // Who has just chosen the connection for this workspace is not asked whether it may be used.
  if (isInForce) await consent.give(readSettings(window.activeTextEditor?.document))
  const name = endpointLabel(connection.endpoint)
  if (isInForce) {
    const message = t('Connected to {name}. Run “Infill: Complete at Cursor” to use it.', { name })
    void window.showInformationMessage(`Infill: ${message}`)
    return
  }
  const message = t(
    'The connection to {name} is saved, and another one is in force here: the settings of the workspace or folder override it.',
    { name },
  )
  void window.showWarningMessage(`Infill: ${message}`)
}
