/** Follows whether a text has opened more elements of a closing tag's name than it has closed. */
export function openTags(closing: string): { readonly isOpen: boolean; step(char: string): void } {
  const opening = closing.replace('/', '')
  let recent = ''
  let open = 0
  return {
    get isOpen() {
      return open > 0
    },
    step(char) {
      if (closing === '') return
      recent = (recent + char).slice(-closing.length)
      if (recent.endsWith(opening)) open++
      if (recent === closing) open--
    },
  }
}
