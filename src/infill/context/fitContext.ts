import { contextWindow, type Budget, type ContextWindow } from './contextWindow.ts'

/**
 * Makes a context smaller, as `contextWindow` would have made it of the document.
 *
 * @param context its prompt and suffix are cut at line breaks where some are near
 */
export function fitContext(
  {
    prompt,
    suffix,
    omitted = { before: 0, after: 0 },
  }: Pick<ContextWindow, 'prompt' | 'suffix'> & Partial<ContextWindow>,
  budget: Budget,
): ContextWindow {
  const lines = `${prompt}${suffix}`.split('\n')
  const before = prompt.split('\n')
  const at = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  const all = { lineCount: lines.length, lineAt: (line: number): string => lines[line] ?? '' }
  const fitted = contextWindow(all, { start: at, end: at }, budget)
  return {
    ...fitted,
    omitted: {
      before: omitted.before + fitted.omitted.before,
      after: omitted.after + fitted.omitted.after,
    },
  }
}
