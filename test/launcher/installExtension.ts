import type { AnyEditor } from './choose.ts'
import type { Profile } from './profile.ts'
import { run } from './run.ts'
import { serverArguments } from './server.ts'
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron'

/** Installs a .vsix file with the editor's command line, as users do. */
export async function installExtension(
  editor: AnyEditor,
  profile: Profile,
  vsix: string,
): Promise<void> {
  const install = ['--install-extension', vsix]
  if (editor.kind === 'server') {
    await run(process.execPath, [editor.main, ...serverArguments(profile), ...install])
    return
  }
  const executable = editor.command.at(-1) ?? ''
  const [program, ...rest] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  })
  const folders = [`--user-data-dir=${profile.data}`, `--extensions-dir=${profile.extensions}`]
  await run(program ?? executable, [...rest, ...folders, ...install])
}
