/**
 * The start of a line within a range of a text. It stays the same as long as possible while the range
 * moves forward. `null` when no line starts in the range.
 *
 * It is the line whose number can be halved most often. Such lines are rare, so the next one is far
 * away, and nothing has to be stored: the same document and the same cursor give the same prompt, after
 * a restart as well, whatever the size of the document.
 *
 * ```
 *   line   12  13  14  15  16  17  18  19  20      from…to moves on, line by line:
 *         [ ·   ·   ·   ·  ▲ ]                     16 from here
 *                         [▲   ·   ·   ·   · ]     to here
 *                              [·   ·   ·  ▲ …     and then 20
 * ```
 *
 * @param firstLine number of the line that the text begins with, from 0
 * @param from, to the range: offsets in the text, `to` included
 */
export function stableStart(
  text: string,
  { firstLine, from, to }: { firstLine: number; from: number; to: number },
): number | null {
  let best: { offset: number; halvings: number } | null = null
  let line = firstLine
  for (let offset = 0; offset <= to; line++) {
    const halvings = halvingsOf(line)
    if (offset >= from && halvings > (best?.halvings ?? -1)) best = { offset, halvings }
    const end = text.indexOf('\n', offset)
    if (end === -1) break
    offset = end + 1
  }
  return best?.offset ?? null
}

/** How many times a number can be halved: 12 → 6 → 3 is 2 */
function halvingsOf(line: number): number {
  // The position of the lowest bit that is set. Line 0 has none and is the most stable.
  return line === 0 ? 32 : 31 - Math.clz32(line & -line)
}
