import ignore from 'ignore'

/** The patterns of a file for Git, such as a `.gitignore` */
export interface IgnoreFile {
  /** How many folders below the top its folder is: its patterns are relative to it. */
  readonly depth: number
  readonly patterns: string
}

/**
 * Whether Git ignores a path: the last pattern of the nearest folder decides, and “it is not possible to
 * re-include a file if a parent directory of that file is excluded” (gitignore documentation).
 *
 * @param names of the folders and the file, from the top on
 * @param files by precedence, the highest first
 * @param isFolder whether the last name is a folder
 */
export function isIgnored(
  names: readonly string[],
  files: readonly IgnoreFile[],
  isFolder = false,
): boolean {
  const rules = files.map(({ depth, patterns }) => ({ depth, own: ignore().add(patterns) }))
  for (let end = 1; end <= names.length; end++) {
    const slash = end < names.length || isFolder ? '/' : ''
    for (const { depth, own } of rules.filter((each) => each.depth < end)) {
      const { ignored, unignored } = own.test(names.slice(depth, end).join('/') + slash)
      if (ignored) return true
      if (unignored) break
    }
  }
  return false
}

/**
 * The same for a file of a folder that the user has opened. It is used even if its repository ignores that
 * folder: then only the patterns within it count.
 *
 * @param opened how many folders below the top the opened folder is
 */
export function isIgnoredIn(
  opened: number,
  names: readonly string[],
  files: readonly IgnoreFile[],
): boolean {
  const above = files.filter(({ depth }) => depth < opened)
  const isOpenedIgnored = isIgnored(names.slice(0, opened), above, true)
  const own = isOpenedIgnored ? files.filter(({ depth }) => depth >= opened) : files
  return isIgnored(names, own)
}
