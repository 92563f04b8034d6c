import { env, extensions, ExtensionKind } from 'vscode'

/** In a remote window: the machine that the extension runs on, which is the one that `localhost` names */
export interface Machine {
  /** Whether it is the remote machine; otherwise it is the user's own computer. */
  isRemote: boolean
  /** VS Code's name for the remote machine: `wsl`, `ssh-remote`, `dev-container`, `codespaces` */
  remoteName: string
}

/** `null` in a window without a remote machine. Users choose the machine with `remote.extensionKind`. */
export function machineOfExtension(): Machine | null {
  const { remoteName } = env
  if (remoteName === undefined) return null
  const extension = extensions.getExtension('infill.infill')
  return { isRemote: extension?.extensionKind !== ExtensionKind.UI, remoteName }
}
