import { extensions, Uri, workspace } from 'vscode'
import type { Syntax } from '../../infill/filters/syntax.ts'
import { syntaxOf } from '../../infill/languageSyntax.ts'

/** The syntax of languages, as their extensions configure them. Each configuration is read once. */
export interface LanguageSyntaxes {
  /** @param language an id; resolves with `undefined` for one without a readable configuration */
  of(language: string): Promise<Syntax | undefined>
}

export function createLanguageSyntaxes(): LanguageSyntaxes {
  const known = new Map<string, Promise<Syntax | undefined>>()
  return {
    of(language) {
      const found = known.get(language) ?? read(language)
      known.set(language, found)
      return found
    },
  }
}

async function read(language: string): Promise<Syntax | undefined> {
  const file = configurationOf(language)
  if (file === null) return undefined
  const { parse } = await import('jsonc-parser')
  const bytes = await workspace.fs.readFile(file).then(
    (found) => found,
    // The extension lacks its file: VS Code does without it as well.
    () => null,
  )
  if (bytes === null) return undefined
  // VS Code's own files have comments.
  return syntaxOf(parse(new TextDecoder().decode(bytes)), language)
}

/** The `configuration` that an extension contributes for a language */
function configurationOf(language: string): Uri | null {
  for (const { extensionUri, packageJSON } of extensions.all) {
    const manifest: Manifest = packageJSON
    const languages = manifest.contributes?.languages
    for (const each of Array.isArray(languages) ? languages : []) {
      if (each?.id === language && typeof each.configuration === 'string') {
        return Uri.joinPath(extensionUri, each.configuration)
      }
    }
  }
  return null
}

/** The part of an extension's manifest that is read */
interface Manifest {
  contributes?: { languages?: ({ id?: unknown; configuration?: unknown } | null)[] }
}
