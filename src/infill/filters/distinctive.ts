/**
 * Whether text is specific enough that a repetition of it is not by chance. Brackets, separators,
 * numbers and short words such as `break;` repeat in good text:
 *
 * ```
 *   return total;    is       });    0, 0, 0,    |---|---|    break;    are not
 * ```
 */
export function isDistinctive(text: string): boolean {
  return text.replaceAll(/\s/g, '').length >= 8 && letters(text) >= 4
}

/** The number of letters in a string */
export function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
