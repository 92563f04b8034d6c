import { extname, relative, sep } from 'node:path'
import { extensions } from 'vscode'
import { workspaceText } from '../../settings/vscode/workspaceText.ts'
import type { SourceText } from '../gaps.ts'

/** Reads the eligible files of folders: those that the built-in endpoint may read. */
export type Scan = (
  changed: (path: string, text: string) => void,
  roots: readonly string[],
  exclude: readonly string[],
) => Promise<void>

/** Languages whose files are not code */
const NO_CODE =
  /^(json\w*|markdown|plaintext|log|ignore|properties|csv|diff|git-\w+|search-result|bat)$/

/** The code files of the workspace that may be sent */
export async function workspaceSources(scan: Scan): Promise<SourceText[]> {
  const { roots, exclude } = workspaceText()
  const languages = languagesByExtension()
  const found: SourceText[] = []
  for (const root of roots) {
    await scan(
      (path, text) => {
        const language = languages.get(extname(path))
        if (language === undefined || NO_CODE.test(language)) return
        found.push({ path: relative(root, path).split(sep).join('/'), language, text })
      },
      [root],
      exclude,
    )
  }
  return found
}

interface Manifest {
  contributes?: { languages?: { id: string; extensions?: string[] }[] }
}

/** `.ts` → `typescript`, as the installed extensions declare it */
function languagesByExtension(): ReadonlyMap<string, string> {
  return new Map(
    extensions.all.flatMap(({ packageJSON }) => {
      const { contributes }: Manifest = packageJSON
      return (contributes?.languages ?? []).flatMap(({ id, extensions: own = [] }) =>
        own.map((extension) => [extension, id] as const),
      )
    }),
  )
}
