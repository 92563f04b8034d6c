import { Range, type TextDocument, type TextEditor } from 'vscode'
import type { TokenRatios } from '../../connection/learned/tokenRatios.ts'
import type { Segment } from '../../infill/filters/segment.ts'
import type { Range as PlainRange } from '../../infill/ranges/position.ts'
import { checkSendable } from '../document/checkSendable.ts'
import { contextWithProject } from '../document/contextOf.ts'
import type { LanguageSyntaxes } from '../document/languageConfiguration.ts'
import { surroundingsOf } from '../document/surroundingsOf.ts'
import { checkWritable } from '../document/writable.ts'
import { Insertion } from '../insertion/insertion.ts'
import type { ProjectFiles } from '../project/projectFiles.ts'
import type { Accounting } from '../../usage/accounting.ts'
import { othersIn, type Received } from './received.ts'
import { runSession, type SessionOptions, type SessionResult } from './session.ts'

export interface CompleteAtOptions extends Omit<
  SessionOptions,
  'check' | 'charactersPerToken' | 'syntax'
> {
  ratios: TokenRatios
  syntaxes: LanguageSyntaxes
  files: ProjectFiles
  accounting: Pick<Accounting, 'check'>
  /** The URI of a document that is not sent otherwise, but that the user allowed for this run */
  allowed?: string | undefined
}

/** Where a run writes. */
export interface Target {
  editor: TextEditor
  /** Cursors, and selections to be replaced */
  selections: readonly PlainRange[]
  /** Whether its edits join the undo step of the previous insertion */
  joins: boolean
}

export interface Outcome extends Omit<SessionResult, 'received'> {
  /** The document of the editor, or its successor after a rename */
  document: TextDocument
  /** In the order of the selections; `null` where the text was edited meanwhile */
  places: (InsertedText | null)[]
  /** Whether a further edit can join the same undo step */
  isOpen: boolean
}

export interface InsertedText {
  /** The inserted text, or the selection that was to be replaced */
  range: PlainRange
  hasText: boolean
  /** What arrived, with its tokens; not always what is in the document */
  segments: readonly Segment[]
  /** The other choices of the response */
  alternatives: readonly (readonly Segment[])[]
}

/** Streams one completion into the document at each cursor. It never throws. */
export async function completeAt(
  { editor, selections: given, joins }: Target,
  options: CompleteAtOptions,
): Promise<Outcome> {
  const { settings, allowed, ratios, syntaxes, accounting, files, report } = options
  const { document } = editor
  // An extension may have set a selection beyond the end of a line: VS Code corrects it later.
  const selections = given.map(({ start, end }) =>
    document.validateRange(new Range(start.line, start.character, end.line, end.character)),
  )
  const onHeld = (isHeld: boolean): void => {
    if (isHeld) report({ kind: 'held' })
  }
  const insertion = new Insertion(document, selections, { joins, onHeld })
  const charactersPerToken = ratios.of(settings)
  // Captured before anything is awaited: this is the text that the user pressed the key on.
  const cursors = selections.map((selection) => ({
    context: contextWithProject(document, selection, settings, {
      ratio: charactersPerToken,
      files,
    }),
    surroundings: surroundingsOf(editor, selection),
  }))
  function check(): Promise<void> {
    const contexts = cursors.map(({ context }) => context)
    checkSendable({ document, contexts, settings, allowed })
    return checkWritable(document)
  }
  const connect: SessionOptions['connect'] = async (...args) => {
    const connection = await options.connect(...args)
    // The model may only be known now, and it decides whether a run costs money.
    await accounting.check(settings, connection.model)
    return connection
  }
  try {
    const syntax = syntaxes.of(document.languageId)
    const session = { ...options, connect, check, charactersPerToken, syntax }
    const { received, ...result } = await runSession(cursors, insertion, session)
    return {
      ...result,
      document: insertion.document,
      places: insertedTexts(insertion, received),
      isOpen: insertion.isOpen,
    }
  } finally {
    insertion.dispose()
  }
}

function insertedTexts(
  { ranges, stopped }: Insertion,
  received: readonly Received[],
): (InsertedText | null)[] {
  return ranges.map(({ start, end, replaces }, index) => {
    if (stopped[index]?.aborted === true) return null
    const hasText = !replaces && (start.line !== end.line || start.character !== end.character)
    const own: Received = received[index] ?? new Map()
    return {
      range: { start, end },
      hasText,
      segments: own.get(0) ?? [],
      alternatives: othersIn(own),
    }
  })
}
