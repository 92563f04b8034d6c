import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Syntax } from '../../src/infill/filters/syntax.ts'
import type { ServerEditor } from '../launcher/choose.ts'
import { syntaxOf } from '../../src/infill/languageSyntax.ts'

/** The built-in extensions of the server build of VS Code */
export function extensionsFolder({ main }: Pick<ServerEditor, 'main'>): string {
  return join(dirname(main), '..', 'extensions')
}

interface Language {
  id: string
  extensions?: readonly string[]
  configuration?: string
}

/** The syntax of each file extension (`.ts`), as the extensions in a folder of VS Code contribute it. */
export function syntaxesIn(folder: string): Map<string, Syntax> {
  const found = new Map<string, Syntax>()
  for (const name of readdirSync(folder)) {
    const manifest = join(folder, name, 'package.json')
    if (!existsSync(manifest)) continue
    const languages: readonly Language[] = read(manifest).contributes?.languages ?? []
    for (const { id, extensions = [], configuration } of languages) {
      if (configuration === undefined) continue
      const syntax = syntaxOf(read(join(folder, name, configuration)), id)
      for (const each of extensions) found.set(each, syntax)
    }
  }
  return found
}

// oxlint-disable-next-line typescript/no-explicit-any -- files of VS Code
function read(path: string): any {
  return JSON.parse(readFileSync(path, 'utf8'))
}
