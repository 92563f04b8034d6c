import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface SourceFile {
  /** Relative to the package */
  readonly path: string
  readonly text: string
}

export interface Package {
  readonly name: string
  readonly read: readonly SourceFile[]
  /** Every tenth file, which the models have not read */
  readonly heldOut: readonly SourceFile[]
}

const NODE_MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const MAX_HELD_OUT = 8

/** An installed package, in the version of the lockfile. Generated and minified files are skipped. */
export function packageOf(name: string, folder: string): Package {
  const root = join(NODE_MODULES, name)
  const files = filesUnder(join(root, folder)).flatMap((path) => {
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
    const isHandWritten = text.length < 200_000 && text.length / text.split('\n').length < 120
    return isHandWritten && !text.includes('sourceMappingURL')
      ? [{ path: relative(root, path), text }]
      : []
  })
  const isHeldOut = (at: number): boolean => at % 10 === 5
  return {
    name,
    read: files.filter((_, at) => !isHeldOut(at)),
    heldOut: files
      .filter(({ text }, at) => isHeldOut(at) && text.length > 500)
      .slice(0, MAX_HELD_OUT),
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : filesUnder(path)
      return /\.[cm]?[jt]s$/.test(name) && !/\.min\.|\.d\.[cm]?ts$/.test(name) ? [path] : []
    })
}
