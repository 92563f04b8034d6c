import {
  commands,
  languages,
  Range,
  workspace,
  type CodeAction,
  type FormattingOptions,
  type TextDocument,
  type TextEdit,
} from 'vscode'
import { rangeOf } from '../document/rangeOf.ts'
import type { Range as TextRange } from '../../infill/ranges/position.ts'

/** What the extensions of a language would change; empty where VS Code's own settings do not ask for it */
export type ProvidedEdits = (
  document: TextDocument,
  ranges: readonly TextRange[],
  options: FormattingOptions,
) => Promise<TextEdit[]>

/** The settings of VS Code of which one has to be on for formatting */
const FORMATS = ['formatOnSave', 'formatOnPaste', 'formatOnType']

/** As the language's formatter of selections formats, or else that of documents. */
export const formatting: ProvidedEdits = async (document, ranges, options) => {
  const settings = workspace.getConfiguration('editor', document)
  if (!FORMATS.some((name) => settings.get<unknown>(name) === true)) return []
  const found: TextEdit[] = []
  for (const range of ranges) {
    const edits = await commands.executeCommand<TextEdit[] | undefined>(
      'vscode.executeFormatRangeProvider',
      document.uri,
      rangeOf(range),
      options,
    )
    found.push(...(edits ?? []))
  }
  if (found.length > 0) return found
  const all = await commands.executeCommand<TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    document.uri,
    options,
  )
  return all ?? []
}

/** The actions that may add imports, as `editor.codeActionsOnSave` names them */
const ACTIONS = ['source.addMissingImports', 'source.organizeImports']

/** As the language's actions for imports would change the document. */
export const imports: ProvidedEdits = async (document) => {
  const onSave = workspace.getConfiguration('editor', document).get<unknown>('codeActionsOnSave')
  if (!ACTIONS.some((action) => isOn(onSave, action))) return []
  await diagnosed(document)
  const last = document.lineAt(document.lineCount - 1).range.end
  const found: TextEdit[] = []
  for (const kind of ACTIONS) {
    const actions = await commands.executeCommand<CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new Range(0, 0, last.line, last.character),
      kind,
      MOST_ACTIONS,
    )
    const [first] = (actions ?? []).filter(({ edit }) => edit !== undefined)
    found.push(...(first?.edit?.get(document.uri) ?? []))
  }
  return found
}

/**
 * How long new diagnostics are waited for, in ms: TypeScript adds the imports of names that it has reported
 * as unknown, which takes it some hundred.
 */
const DIAGNOSED = 1200

async function diagnosed({ uri }: TextDocument): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, DIAGNOSED)
  const listening = languages.onDidChangeDiagnostics(({ uris }) => {
    if (uris.some((each) => each.toString() === uri.toString())) resolve()
  })
  try {
    await promise
  } finally {
    clearTimeout(timer)
    listening.dispose()
  }
}

/** Actions whose edits are asked for */
const MOST_ACTIONS = 4

/** Whether an action is on, also for one language: `source.organizeImports.ts`; in either form of the setting */
function isOn(onSave: unknown, action: string): boolean {
  if (Array.isArray(onSave)) return onSave.some((each) => isOf(each, action))
  if (typeof onSave !== 'object' || onSave === null) return false
  return Object.entries(onSave).some(
    ([name, when]) => isOf(name, action) && when !== false && when !== 'never',
  )
}

function isOf(name: unknown, action: string): boolean {
  return name === action || (typeof name === 'string' && name.startsWith(`${action}.`))
}
