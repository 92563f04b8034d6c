import { extname, relative, sep } from 'node:path'
import { scanner } from '../../src/builtin/files.ts'
import type { SourceText } from '../../src/evaluation/gaps.ts'
import type { Syntax } from '../../src/infill/filters/syntax.ts'
import { SYNTAXES } from '../support/syntaxes.ts'

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

/** Language → the syntax that is like its own in VS Code */
const SYNTAX_OF: Readonly<Record<string, string>> = {
  typescript: 'ts',
  typescriptreact: 'ts',
  javascript: 'js',
  javascriptreact: 'js',
  python: 'py',
  go: 'go',
  rust: 'rs',
  java: 'h',
  c: 'h',
  cpp: 'h',
  csharp: 'h',
}

/** The syntax of a language; `undefined`, as in an editor without its extension, when it is not known */
export function syntaxOf(language: string): Syntax | undefined {
  return SYNTAXES[SYNTAX_OF[language] ?? '']
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
