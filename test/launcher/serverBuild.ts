import { copyFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cached } from './paths.ts'
import { npmInstall } from './run.ts'

/** Version of the package, which contains VS Code 1.139.1 */
const codeServerVersion = '4.139.1'
const inside = join('node_modules', 'code-server', 'lib', 'vscode')

/**
 * Installs VS Code's server and its workbench from the npm package code-server, unless cached. It
 * replaces the desktop build where that cannot be downloaded or there is no display.
 */
export async function serverBuild(): Promise<{ main: string; version: string }> {
  const folder = await cached(`code-server-${codeServerVersion}`, async (draft) => {
    console.log(`Installing the server build of VS Code (code-server ${codeServerVersion})…`)
    await writeFile(join(draft, 'package.json'), '{ "private": true }')
    await npmInstall(draft, `code-server@${codeServerVersion}`)
    await npmInstall(join(draft, inside), '--omit=dev')
    for (const name of ['spdlog', 'native-watchdog']) await replaceNative(join(draft, inside), name)
  })
  const main = join(folder, inside, 'out', 'server-main.js')
  return { main, version: codeServerVersion.replace(/^4/, '1') }
}

/**
 * Native modules need a compiler and minutes to build, so both are replaced by JavaScript. Without
 * spdlog, extensions have no log and an empty output channel.
 */
async function replaceNative(vscode: string, name: string): Promise<void> {
  const index = createRequire(join(vscode, 'package.json')).resolve(`@vscode/${name}`)
  await copyFile(new URL(`native/${name}.cjs`, import.meta.url), index)
}
