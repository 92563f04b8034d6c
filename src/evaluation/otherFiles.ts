import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Candidate } from '../infill/project/selectSnippets.ts'
import { windowsOf } from '../infill/project/windows.ts'
import type { SourceText } from './gaps.ts'

/** The files that count as open beside the one with a gap */
export interface OtherFiles {
  /** The name of the folder that all are in */
  readonly repository: string
  /** Tells apart what other files a result was measured with */
  readonly digest: string
  beside(path: string): readonly Candidate[]
}

/** Files that count as open */
const OPEN = 8

/** Of the same folder, as a user has them open, then others; none beside a file that is not one of them */
export function openBeside<File extends { readonly path: string }>(
  path: string,
  files: readonly File[],
): File[] {
  const others = files.filter((file) => file.path !== path)
  if (others.length === files.length) return []
  const isNear = (file: File): boolean => posix.dirname(file.path) === posix.dirname(path)
  const near = others.filter(isNear)
  return [...near, ...others.filter((file) => !isNear(file))].slice(0, OPEN)
}

export function otherFilesOf(repository: string, files: readonly SourceText[]): OtherFiles {
  const candidates = new Map<string, Candidate>()
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(JSON.stringify([path, text]))

  function candidateOf({ path, text }: SourceText): Candidate {
    const known = candidates.get(path)
    if (known !== undefined) return known
    const found = { path, windows: windowsOf(text) }
    candidates.set(path, found)
    return found
  }
  return {
    repository,
    digest: hash.digest('hex'),
    beside: (path) => openBeside(path, files).map(candidateOf),
  }
}
