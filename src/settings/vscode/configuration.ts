import { window, workspace, type ConfigurationScope } from 'vscode'
import { endpointLabel } from '../endpointLabel.ts'
import { everyLevel } from '../everyLevel.ts'
import { parseSettings, RULES, type Settings } from '../settings.ts'

/**
 * The current settings for a folder and language.
 *
 * @throws CompletionError `invalid_request` if a setting is invalid
 */
export function readSettings(scope?: ConfigurationScope): Settings {
  const configuration = workspace.getConfiguration('infill', scope)
  return parseSettings((name) =>
    // A workspace must not remove the user's exclusions.
    name === 'exclude' ? everyLevel(configuration.inspect(name) ?? {}) : configuration.get(name),
  )
}

/** The endpoint and the model for the status bar. Invalid values do not throw: the next run reports them. */
export function configuredEndpoint(): { label: string; model: string } {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  const { endpoint, model } = RULES
  return {
    label: endpointLabel(String(configuration.get('endpoint') ?? endpoint.default)),
    model: String(configuration.get('model') ?? model.default),
  }
}
