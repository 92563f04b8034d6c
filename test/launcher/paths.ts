import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root folder of the repository */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Editors and browsers, kept between runs */
export const cacheFolder = join(root, '.vscode-test')

/**
 * Returns a folder of the cache, filled at first use. It is filled under a temporary name and then
 * renamed, so that an interrupted run leaves no incomplete folder.
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
    // A concurrent run may have created the folder.
    if (!existsSync(folder)) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}
