import type { Syntax } from '../filters/syntax.ts'

/** For each beginning of the pattern: the length of its longest end that is a beginning as well */
export function failureOf(pattern: string): Uint32Array {
  const failure = new Uint32Array(pattern.length)
  let matched = 0
  for (let at = 1; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at)
    while (matched > 0 && pattern.charCodeAt(matched) !== code) matched = failure[matched - 1] ?? 0
    if (pattern.charCodeAt(matched) === code) matched++
    failure[at] = matched
  }
  return failure
}

/**
 * How much each beginning of a text says: a letter 1, other signs a half, and less when they
 * are repeated. `inLines` counts complete lines only.
 */
export function informationOf(text: string): { inAll: Float64Array; inLines: Float64Array } {
  const inAll = new Float64Array(text.length + 1)
  const inLines = new Float64Array(text.length + 1)
  let last = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    let weight = 0
    if (char.trim() !== '') {
      weight = (/\p{L}/u.test(char) ? 1 : 0.5) / (char === last ? 4 : 1)
      last = char
    }
    inAll[at + 1] = (inAll[at] ?? 0) + weight
    inLines[at + 1] = char === '\n' ? (inAll[at] ?? 0) : (inLines[at] ?? 0)
  }
  return { inAll, inLines }
}

/** Whether a sign that begins a comment, as the slash of `/*`, would lose its end */
export function cutsCommentSign({ comments }: Syntax, before: string, match: string): boolean {
  return comments.some(([begin]) => {
    const at = (before + match).lastIndexOf(begin)
    return at !== -1 && at < before.length && at + begin.length > before.length
  })
}
