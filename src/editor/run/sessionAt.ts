import type { Range, TextDocument, TextEditor } from 'vscode'
import type { TokenRatios } from '../../connection/learned/tokenRatios.ts'
import type { Range as PlainRange } from '../../infill/ranges/position.ts'
import { checkSendable } from '../document/checkSendable.ts'
import { contextWithProject } from '../document/contextOf.ts'
import type { LanguageSyntaxes } from '../document/languageConfiguration.ts'
import { rangeOf } from '../document/rangeOf.ts'
import { surroundingsOf } from '../document/surroundingsOf.ts'
import { checkWritable } from '../document/writable.ts'
import type { ProjectFiles } from '../project/projectFiles.ts'
import type { Accounting } from '../../usage/accounting.ts'
import type { CompletionSink } from './completionSink.ts'
import { runSession, type SessionOptions, type SessionResult } from './session.ts'

export interface SessionAtOptions extends Omit<
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

/** Cursors, and selections to be replaced, as far as they are in the document */
export function validSelections(document: TextDocument, given: readonly PlainRange[]): Range[] {
  // An extension may have set a selection beyond the end of a line: VS Code corrects it later.
  return given.map((each) => document.validateRange(rangeOf(each)))
}

/**
 * Streams one completion into a sink for each selection. What is sent is captured at once: it is the text
 * that the user pressed the key on. It never throws.
 */
export async function sessionAt(
  editor: TextEditor,
  selections: readonly Range[],
  sink: CompletionSink,
  options: SessionAtOptions,
): Promise<SessionResult> {
  const { settings, allowed, ratios, syntaxes, accounting, files } = options
  const { document } = editor
  const charactersPerToken = ratios.of(settings)
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
  const syntax = syntaxes.of(document.languageId)
  return runSession(cursors, sink, { ...options, connect, check, charactersPerToken, syntax })
}
