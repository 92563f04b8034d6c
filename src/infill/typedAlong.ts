/**
 * What the document has of a suggestion: the text before the cursor, and what the editor has closed behind
 * it by itself. Both have LF only.
 *
 * ```
 *   sum(items)      is suggested
 *   sum(|)          `sum(` was typed: `text` is `sum(`, `closed` is `)`
 * ```
 */
export interface Taken {
  readonly text: string
  readonly closed: string
}

/** What is still suggested: inserted at the cursor, in the place of the text that follows it */
export interface Rest {
  readonly insert: string
  /** Without line ends */
  readonly replaces: string
}

/** What editors close by themselves: brackets, quotes, comments and tags, with a line end before them */
const CLOSING = /^(?:[\s)\]}>"'`*/]|<\/[\w.:-]*>)*$/
/** Its longest text, in UTF-16 units */
const MOST_CLOSED = 100

/**
 * What the document has after a change at the cursor, or `null` when none of the suggested texts begins with it.
 *
 * @param text what is there now, LF only
 * @param replaced how much of what follows the cursor it has replaced, in UTF-16 units
 * @param grows whether more of the suggested text arrives: then it may still have what was closed
 */
export function takeChange(
  taken: Taken,
  { text, replaced }: { text: string; replaced: number },
  suggested: readonly string[],
  grows = false,
): Taken | null {
  if (replaced > taken.closed.length) return null
  const behind = taken.closed.slice(replaced)
  const least = Math.max(0, text.length - MOST_CLOSED)
  for (let length = text.length; length >= least; length--) {
    const closed = text.slice(length)
    if (!CLOSING.test(closed)) continue
    const next = { text: taken.text + text.slice(0, length), closed: closed + behind }
    const goesOn = (each: string): boolean =>
      isWhole(next, each) || restOf(next, each) !== null || (grows && each.startsWith(next.text))
    if (suggested.some(goesOn)) return next
  }
  return null
}

/**
 * What the document has after text before the cursor was deleted, and perhaps what was closed with it.
 *
 * ```
 *   sum(|)   →   sum|      Backspace deletes both brackets
 * ```
 *
 * @param isStart whether the deletion begins behind this text
 * @param after how much of what follows the cursor was deleted, in UTF-16 units
 */
export function takeBack(
  { text, closed }: Taken,
  isStart: (text: string) => boolean,
  after: number,
): Taken | null {
  if (after > closed.length || closed.slice(0, after).includes('\n')) return null
  for (let length = text.length - 1; length >= 0; length--) {
    const before = text.slice(0, length)
    if (isStart(before)) return { text: before, closed: closed.slice(after) }
  }
  return null
}

/**
 * The same text where the cursor is not behind that of the last change: the editor has closed what is also
 * suggested.
 *
 * ```
 *   () => 1      `(` was typed: ()|  and then the cursor is at  (|)
 * ```
 *
 * @param isAtCursor whether the cursor is behind this text
 */
export function withCursor(
  { text, closed }: Taken,
  isAtCursor: (text: string) => boolean,
): Taken | null {
  const least = Math.max(0, text.length - MOST_CLOSED)
  for (let length = text.length; length >= least; length--) {
    const behind = text.slice(length)
    const before = text.slice(0, length)
    if (CLOSING.test(behind) && isAtCursor(before)) return { text: before, closed: behind + closed }
  }
  return null
}

/** Whether the document has all of a suggested text */
export function isWhole({ text, closed }: Taken, suggested: string): boolean {
  return suggested === text + closed
}

/**
 * ```
 *   sum(items) + 1   after   sum(|)      inserts `items) + 1` in the place of `)`
 *   {⏎  b()⏎}        after   {⏎  |⏎}     inserts `b()`: only text of the same line is replaced
 * ```
 *
 * @returns `null`: the suggestion has nothing more, or cannot be continued
 */
export function restOf({ text, closed }: Taken, suggested: string): Rest | null {
  if (!suggested.startsWith(text)) return null
  const rest = suggested.slice(text.length)
  if (rest === closed) return null
  if (rest.endsWith(closed) && closed.includes('\n')) {
    return { insert: rest.slice(0, rest.length - closed.length), replaces: '' }
  }
  return hasInOrder(rest, closed) && !closed.includes('\n')
    ? { insert: rest, replaces: closed }
    : null
}

/** VS Code shows a replacement as ghost text only where it keeps what it replaces. */
function hasInOrder(text: string, characters: string): boolean {
  let at = 0
  for (const character of text) if (character === characters[at]) at++
  return at === characters.length
}
