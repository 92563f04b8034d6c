import { scanner } from './builtin/files.ts'
import { startBuiltin, type StartOptions } from './builtin/start.ts'
import { createConnections } from './connection/connections.ts'
import type { Connector } from './connection/connector.ts'
import { globOf } from './evaluation/globOf.ts'
import { measureCommand, type MeasureCommandOptions } from './evaluation/vscode/measureCommand.ts'

export interface MeasureModelOptions extends Omit<
  MeasureCommandOptions,
  'scan' | 'connectBuiltin'
> {
  connector: Connector
  /** How the built-in endpoint is started */
  builtin: StartOptions
}

/** The command “Measure This Model…”. Only this file brings the evaluation and the built-in endpoint together. */
export function measureModel({
  connector,
  builtin,
  ...options
}: MeasureModelOptions): Promise<void> {
  return measureCommand({
    ...options,
    scan: (changed, roots, exclude) =>
      scanner({ changed, removed: () => undefined })(roots, exclude),
    // An endpoint of its own: it must not have read the files that it is asked to write.
    async connectBuiltin(settings, exclude, signal) {
      const { workspace } = builtin
      const globs = exclude.map(globOf)
      const started = await startBuiltin({
        ...builtin,
        workspace: { ...workspace, open: [], exclude: [...(workspace.exclude ?? []), ...globs] },
      })
      const { workspaceChanges: _own, ...own } = settings
      const connections = createConnections({
        connect: (each) => connector.connect(each, started.token),
      })
      const there = { ...own, endpoint: started.url, server: 'builtin' as const }
      const connection = await connections.connect(there, signal)
      return { connection, close: () => started.dispose() }
    },
  })
}
