import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface SourceFile {
  /** Its path in the package. */
  readonly path: string
  readonly text: string
}

export interface Package {
  readonly name: string
  readonly read: readonly SourceFile[]
  /** Every tenth file, which the models have not seen. */
  readonly heldOut: readonly SourceFile[]
}

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const heldOutFiles = 8

/** A package as it was installed by the lockfile. What is generated or minified is left out. */
export function packageOf(name: string, folder: string): Package {
  const root = join(modules, name)
  const files = filesUnder(join(root, folder)).flatMap((path) => {
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
    const isWritten = text.length < 200_000 && text.length / text.split('\n').length < 120
    return isWritten && !text.includes('sourceMappingURL')
      ? [{ path: relative(root, path), text }]
      : []
  })
  const isHeldOut = (at: number): boolean => at % 10 === 5
  return {
    name,
    read: files.filter((_, at) => !isHeldOut(at)),
    heldOut: files
      .filter(({ text }, at) => isHeldOut(at) && text.length > 500)
      .slice(0, heldOutFiles),
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
