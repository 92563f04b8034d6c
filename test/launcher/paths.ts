import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The extension's own folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where editors and browsers are kept between runs. */
export const cacheFolder = join(root, '.vscode-test')

/**
 * A folder of the cache, filled at the first use. It is filled under another name and then renamed,
 * so that it is there whole or not at all, whatever stops the process.
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder, name)
  if (existsSync(folder)) return folder
  await mkdir(cacheFolder, { recursive: true })
  const draft = await mkdtemp(`${folder}-`)
  try {
    await fill(draft)
    await rename(draft, folder)
  } catch (error) {
    // A run beside this one may have been quicker; its folder is as good.
    if (!existsSync(folder)) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}
