/** Words of most languages, which say nothing about what a text is about */
const COMMON = new Set(
  'abstract async await bool boolean break case catch char class const continue def default del delete double elif else end enum except export extends false final finally float fn for from func function get if impl implements import include instanceof int interface lambda let long match module mut namespace new nil none null number object package pass private protected pub public raise readonly require return self set short static str string struct super switch this throw throws true try type typeof undefined union use using var void where while with yield'.split(
    ' ',
  ),
)

/**
 * The identifiers of a text, and the words that they are made of: `parseOrder` is also `parse` and `order`, so that
 * it resembles `parse_order`.
 */
export function identifiersOf(text: string): Set<string> {
  const found = new Set<string>()
  for (const [identifier] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]{2,}/gu)) {
    if (COMMON.has(identifier)) continue
    found.add(identifier)
    const words = identifier.match(/\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+(?!\p{Ll})/gu) ?? []
    if (words.length < 2) continue
    for (const word of words) if (word.length > 2) found.add(word.toLowerCase())
  }
  return found
}

/** Jaccard similarity: 0…1 */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let common = 0
  for (const each of small) if (large.has(each)) common++
  const all = one.size + other.size - common
  return all === 0 ? 0 : common / all
}
