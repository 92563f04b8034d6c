/** Reads a text with `|` at the caret: `marked('foo(|)')` has the prompt `foo(` and the suffix `)`. */
export function marked(text: string): { prompt: string; suffix: string } {
  const caret = text.indexOf('|')
  if (caret === -1 || text.includes('|', caret + 1)) throw new Error('Exactly one | is needed.')
  return { prompt: text.slice(0, caret), suffix: text.slice(caret + 1) }
}
