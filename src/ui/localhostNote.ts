import { isLoopback } from '../completions/http/noProxy.ts'
import type { Machine } from '../settings/vscode/machine.ts'
import type { Translate } from './translate.ts'

/**
 * In a remote window, says which machine a loopback address means; `null` for other hosts and windows.
 *
 * @param host with or without a port: `127.0.0.1:8080`
 */
export function localhostNote(host: string, machine: Machine | null, t: Translate): string | null {
  if (machine === null || !isLoopbackHost(host)) return null
  const { isRemote, remoteName } = machine
  return isRemote
    ? t('{host} is on the remote machine ({remoteName}), where Infill runs.', { host, remoteName })
    : t(
        '{host} is on your own computer, where Infill runs, and not on the remote machine ({remoteName}).',
        { host, remoteName },
      )
}

function isLoopbackHost(host: string): boolean {
  const url = `http://${host}`
  return URL.canParse(url) && isLoopback(new URL(url))
}
