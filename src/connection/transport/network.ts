import process from 'node:process'
import { workspace } from 'vscode'
import { proxyFromEnvironment } from '../../completions/http/proxy.ts'
import { networkOptions, type NetworkOptions } from './networkOptions.ts'
import type { Settings } from '../../settings/settings.ts'

/**
 * The current network options. VS Code's settings are read as VS Code reads them: from the user's
 * settings, never from a folder's.
 *
 * @throws CompletionError
 */
export function readNetwork(settings: Settings): NetworkOptions {
  const http = workspace.getConfiguration('http')
  const read = (name: string): unknown => {
    const found = http.inspect(name)
    return found?.globalValue ?? found?.defaultValue
  }
  return networkOptions(settings, read, proxyFromEnvironment(process.env))
}
