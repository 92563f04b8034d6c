/**
 * The start of a line within a part of a text that stays the same as long as possible while that
 * part moves on, or `null` where no line starts there.
 *
 * It is the line whose number can be halved most often. Of those there are few, so the next one is
 * far away, and nothing has to be remembered: the same document and the same caret give the same
 * text, after a restart as well. Neither does it matter how big the document is.
 *
 * ```
 *   line   12  13  14  15  16  17  18  19  20      from…to moves on, line by line:
 *         [ ·   ·   ·   ·  ▲ ]                     16 from here
 *                         [▲   ·   ·   ·   · ]     to here
 *                              [·   ·   ·  ▲ …     and then 20
 * ```
 *
 * @param firstLine the number of the line that the text begins with
 * @param from, to offsets in the text, the second included
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

/** How often a number can be halved: 12 → 6 → 3 */
function halvingsOf(line: number): number {
  // The lowest bit that is set; line 0 has none, and is as steady as can be.
  return line === 0 ? 32 : 31 - Math.clz32(line & -line)
}
