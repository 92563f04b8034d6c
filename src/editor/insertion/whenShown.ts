import { Disposable, window, workspace, type TextEditor } from 'vscode'

/**
 * Resolves with the first editor that `find` returns, or with `null` when a signal is aborted and
 * `isOver` returns true.
 */
export async function whenShown(
  find: () => TextEditor | null,
  { isOver, signals }: { isOver: () => boolean; signals: readonly AbortSignal[] },
): Promise<TextEditor | null> {
  const { promise, resolve } = Promise.withResolvers<TextEditor | null>()
  const look = (): void => {
    const editor = find()
    if (editor !== null) resolve(editor)
  }
  const stop = (): void => {
    if (isOver()) resolve(null)
  }
  // A document of a new name may be shown before it is known to be that.
  const shown = Disposable.from(
    window.onDidChangeVisibleTextEditors(look),
    workspace.onDidRenameFiles(look),
    workspace.onDidOpenTextDocument(look),
  )
  for (const signal of signals) signal.addEventListener('abort', stop)
  try {
    return await promise
  } finally {
    shown.dispose()
    for (const signal of signals) signal.removeEventListener('abort', stop)
  }
}
