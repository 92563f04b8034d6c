/** Splits text at the cursor mark `|`: `marked('foo(|)')` has the prompt `foo(` and the suffix `)`. */
export function marked(text: string): { prompt: string; suffix: string } {
  const cursor = text.indexOf('|')
  if (cursor === -1 || text.includes('|', cursor + 1)) throw new Error('Expected exactly one |.')
  return { prompt: text.slice(0, cursor), suffix: text.slice(cursor + 1) }
}
