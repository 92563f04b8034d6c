import { extname, relative, sep } from 'node:path'
import { scanner } from '../../src/builtin/files.ts'
import type { SourceText } from '../../src/evaluation/gaps.ts'

/** Ids of VS Code by extension, for the filters: what is not listed is filtered as plain text. */
const LANGUAGES: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.py': 'python',
  '.go': 'go',
  '.rs': 'rust',
  '.java': 'java',
  '.c': 'c',
  '.h': 'c',
  '.cpp': 'cpp',
  '.cs': 'csharp',
  '.rb': 'ruby',
  '.php': 'php',
}

/** The code files of a folder that may be sent: those that the built-in endpoint may read. */
export async function sourcesIn(folder: string): Promise<SourceText[]> {
  const found: SourceText[] = []
  const scan = scanner({
    changed: (path, text) => {
      const language = LANGUAGES[extname(path)]
      if (language === undefined) return
      found.push({ path: relative(folder, path).split(sep).join('/'), language, text })
    },
    removed: () => undefined,
  })
  await scan([folder], [])
  return found
}
