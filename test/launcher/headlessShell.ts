import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { cached } from './paths.ts'
import { npmInstall, run } from './run.ts'

const version = '153.0.0'

/** Headless Chromium from an npm package, for Linux on x64 */
export async function headlessShell(): Promise<{ executable: string; libraries: string }> {
  const folder = await cached(`chromium-${version}`, async (draft) => {
    console.log(`Installing a headless Chromium (@sparticuz/chromium ${version})…`)
    await writeFile(join(draft, 'package.json'), '{ "private": true }')
    await npmInstall(draft, `@sparticuz/chromium@${version}`)
    const parts = join(draft, 'node_modules', '@sparticuz', 'chromium')
    const unpack = `
      import chromium, { inflate } from ${JSON.stringify(pathToFileURL(join(parts, 'build', 'index.js')).href)}
      await chromium.executablePath()
      await inflate(${JSON.stringify(join(parts, 'bin', 'al2023.tar.br'))})`
    // The package unpacks into the temporary folder.
    const env = { ...process.env, TMPDIR: draft }
    await run(process.execPath, ['--input-type=module', '--eval', unpack], { env })
  })
  return { executable: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') }
}
