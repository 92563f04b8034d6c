import process from 'node:process'
import { workspace, type Disposable } from 'vscode'
import { proxyFromEnvironment } from '../../completions/http/proxy.ts'
import { networkOptions, type NetworkOptions } from './networkOptions.ts'
import type { Settings } from '../../settings/settings.ts'

/** VS Code's network settings, read again when they change. */
export interface Network extends Disposable {
  /**
   * The current network options. VS Code's settings are read as VS Code reads them: from the user's
   * settings, never from a folder's.
   *
   * @throws CompletionError
   */
  options(settings: Settings): NetworkOptions
}

export function createNetwork(): Network {
  const known = new Map<string, unknown>()
  const listener = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http')) known.clear()
  })
  const read = (name: string): unknown => {
    if (known.has(name)) return known.get(name)
    const found = workspace.getConfiguration('http').inspect(name)
    const value = found?.globalValue ?? found?.defaultValue
    known.set(name, value)
    return value
  }
  return {
    options: (settings) => networkOptions(settings, read, proxyFromEnvironment(process.env)),
    dispose: () => listener.dispose(),
  }
}
