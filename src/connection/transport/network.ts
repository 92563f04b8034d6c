import process from 'node:process'
import { workspace } from 'vscode'
import { proxyFromEnvironment } from '../../completions/http/proxy.ts'
import { networkOptions, type NetworkOptions } from './networkOptions.ts'
import type { Settings } from '../../settings/settings.ts'

/**
 * How the network is reached now. Of VS Code's settings it takes what VS Code itself takes: the
 * user's, never a folder's.
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
