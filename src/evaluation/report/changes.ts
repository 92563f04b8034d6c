/** A part of a text that was kept, is missing, or was added. */
export interface Change {
  readonly kind: 'same' | 'missing' | 'added'
  readonly text: string
}

/** Tokens that are compared at most; longer texts are shown one below the other. */
const MOST = 800

/** How `actual` differs from `expected`: by words, numbers, spaces and single characters. */
export function changesOf(expected: string, actual: string): Change[] {
  const a = tokensOf(expected)
  const b = tokensOf(actual)
  if (a.length > MOST || b.length > MOST) {
    return joined([
      { kind: 'missing', text: expected },
      { kind: 'added', text: actual },
    ])
  }
  const lengths = commonLengths(a, b)
  const changes: Change[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && a[i] === b[j]) {
      changes.push({ kind: 'same', text: a[i] ?? '' })
      i++
      j++
    } else if (j === b.length || (i < a.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      changes.push({ kind: 'missing', text: a[i] ?? '' })
      i++
    } else {
      changes.push({ kind: 'added', text: b[j] ?? '' })
      j++
    }
  }
  return joined(changes)
}

function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|\n|[^\S\n]+|[^\p{L}\p{N}_\s]/gu) ?? []
}

/** [i][j]: the number of tokens of the longest common subsequence from there on */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = rows[i]
      if (row === undefined) continue
      row[j] =
        a[i] === b[j]
          ? at(rows, i + 1, j + 1) + 1
          : Math.max(at(rows, i + 1, j), at(rows, i, j + 1))
    }
  }
  return rows
}

function at(rows: readonly Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}

function joined(changes: readonly Change[]): Change[] {
  const result: Change[] = []
  for (const change of changes) {
    const last = result.at(-1)
    if (change.text === '') continue
    if (last?.kind === change.kind) {
      result[result.length - 1] = { ...last, text: last.text + change.text }
    } else result.push(change)
  }
  return result
}
