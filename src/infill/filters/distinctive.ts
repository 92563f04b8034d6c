/**
 * Whether a text is enough of its own to be known again by itself. Brackets, separators, numbers and
 * short words such as `break;` come again and again in good text:
 *
 * ```
 *   return total;    is       });    0, 0, 0,    |---|---|    break;    are not
 * ```
 */
export function isDistinctive(text: string): boolean {
  return text.replaceAll(/\s/g, '').length >= 8 && letters(text) >= 4
}

export function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
