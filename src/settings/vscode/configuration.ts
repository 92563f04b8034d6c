import { window, workspace, type ConfigurationScope } from 'vscode'
import { endpointLabel } from '../endpoint.ts'
import { everyLevel } from '../everyLevel.ts'
import { parseSettings, RULES, type Settings } from '../settings.ts'

/** The settings as they are now for a document's folder and language. @throws CompletionError */
export function readSettings(scope?: ConfigurationScope): Settings {
  const configuration = workspace.getConfiguration('infill', scope)
  return parseSettings((name) =>
    // No workspace shall take back what the user has excluded.
    name === 'exclude' ? everyLevel(configuration.inspect(name) ?? {}) : configuration.get(name),
  )
}

/** What the status bar shows of the connection. It never throws: what is wrong shows at the next run. */
export function configuredEndpoint(): { label: string; model: string } {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  const { endpoint, model } = RULES
  return {
    label: endpointLabel(String(configuration.get('endpoint') ?? endpoint.default)),
    model: String(configuration.get('model') ?? model.default),
  }
}
