/** Tokens that are compared at most; of a longer text, the rest counts as changed. */
const MAX_TOKENS = 1500

/**
 * How many characters of an inserted text are still there: those of the longest common subsequence of
 * words, numbers and other characters. White space does not count, so that a formatter changes nothing.
 *
 * @returns 0…`visibleLength(inserted)`
 */
export function keptCharacters(inserted: string, now: string): number {
  const a = tokensOf(inserted)
  const b = tokensOf(now)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  const most = Math.min(a.length, b.length) - start
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end++
  const same = [...a.slice(0, start), ...a.slice(a.length - end)].join('').length
  return (
    same +
    commonLength(
      a.slice(start, a.length - end).slice(0, MAX_TOKENS),
      b.slice(start, b.length - end).slice(0, MAX_TOKENS),
    )
  )
}

/** The length without white space */
export function visibleLength(text: string): number {
  return text.replaceAll(/\s/g, '').length
}

function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu) ?? []
}

/** The characters of the longest common subsequence, weighted by the length of each token */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let before = new Uint32Array(b.length + 1)
  for (const token of a) {
    const row = new Uint32Array(b.length + 1)
    for (const [index, other] of b.entries()) {
      row[index + 1] =
        token === other
          ? (before[index] ?? 0) + token.length
          : Math.max(before[index + 1] ?? 0, row[index] ?? 0)
    }
    before = row
  }
  return before[b.length] ?? 0
}
