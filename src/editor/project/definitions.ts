import {
  commands,
  Location,
  Position,
  workspace,
  type Uri,
  type LocationLink,
  type TextDocument,
} from 'vscode'
import type { Candidate } from '../../infill/project/selectSnippets.ts'
import { definitionAt, type Window } from '../../infill/project/windows.ts'
import { isEligible } from './judge.ts'

/** Definitions of what is used near the cursor, in other files of the workspace. */
export interface Definitions {
  /** What is known of the symbols near a place */
  candidates(document: TextDocument, line: number): readonly Candidate[]
  /** Asks the language’s providers for what is not known. */
  refresh(document: TextDocument, line: number, exclude: readonly string[]): Promise<void>
}

interface Found {
  path: string
  window: Window
}

interface Answer {
  /** `null`: there is no definition in another file */
  found: Found | null
  /** When to ask again, in ms; `Infinity`: never. A provider that is still starting knows nothing. */
  until: number
}

/** A symbol of which a provider knows nothing is looked up again after this time, in ms. */
const AGAIN = 3000

function isFinal(answer: Answer | undefined): boolean {
  return answer !== undefined && performance.now() < answer.until
}

/** Lines before the cursor whose symbols are looked up, and how many of them */
const NEAR = { lines: 8, symbols: 10 }

/** Symbols that are remembered */
const MOST = 500

export function createDefinitions(): Definitions {
  /** By document and symbol */
  const known = new Map<string, Answer>()

  return {
    candidates(document, line) {
      const found = symbolsNear(document, line).flatMap(
        ({ name }) => known.get(keyOf(document, name))?.found ?? [],
      )
      return [...Map.groupBy(found, ({ path }) => path)].map(([path, own]) => ({
        path,
        windows: [],
        definitions: own.map(({ window }) => window),
      }))
    },
    async refresh(document, line, exclude) {
      const unknown = symbolsNear(document, line).filter(
        ({ name }) => !isFinal(known.get(keyOf(document, name))),
      )
      await Promise.all(
        unknown.map(async ({ name, position }) => {
          const key = keyOf(document, name)
          if (known.size >= MOST) known.clear()
          // Until it answers, which a slow provider does late, it is not asked again.
          known.set(key, { found: null, until: performance.now() + AGAIN })
          known.set(key, await definitionOf(document, position, exclude))
        }),
      )
    },
  }
}

function keyOf({ uri }: TextDocument, name: string): string {
  return `${uri.toString()} ${name}`
}

interface Symbol {
  name: string
  position: Position
}

/** The nearest one of each name */
function symbolsNear(document: TextDocument, line: number): Symbol[] {
  const found = new Map<string, Symbol>()
  for (
    let at = Math.min(line, document.lineCount - 1);
    at >= Math.max(0, line - NEAR.lines);
    at--
  ) {
    const { text } = document.lineAt(at)
    for (const { index, 0: name } of text.slice(0, 500).matchAll(/[\p{L}_][\p{L}\p{N}_]{2,}/gu)) {
      if (!found.has(name)) found.set(name, { name, position: new Position(at, index) })
    }
  }
  return [...found.values()].slice(0, NEAR.symbols)
}

async function definitionOf(
  document: TextDocument,
  position: Position,
  exclude: readonly string[],
): Promise<Answer> {
  const results = await commands.executeCommand<(Location | LocationLink)[] | undefined>(
    'vscode.executeDefinitionProvider',
    document.uri,
    position,
  )
  const [first] = results ?? []
  if (first === undefined) return { found: null, until: performance.now() + AGAIN }
  const { uri, line } =
    first instanceof Location
      ? { uri: first.uri, line: first.range.start.line }
      : { uri: first.targetUri, line: first.targetRange.start.line }
  const isOwn = uri.toString() === document.uri.toString()
  return { found: isOwn ? null : await partOf(uri, line, exclude), until: Infinity }
}

/** Only of files of the workspace, and not of its dependencies */
async function partOf(uri: Uri, line: number, exclude: readonly string[]): Promise<Found | null> {
  if (workspace.getWorkspaceFolder(uri) === undefined || /\/node_modules\//.test(uri.path)) {
    return null
  }
  const document = await opened(uri)
  if (document === null || !(await isEligible(document, exclude))) return null
  const window = definitionAt(document.getText().replaceAll('\r\n', '\n'), line)
  const path = workspace.asRelativePath(uri, false).replaceAll('\\', '/')
  return window && { path, window }
}

async function opened(uri: Uri): Promise<TextDocument | null> {
  try {
    return await workspace.openTextDocument(uri)
  } catch {
    // A provider may name a file that is gone, and VS Code opens no binary or very large ones.
    return null
  }
}
