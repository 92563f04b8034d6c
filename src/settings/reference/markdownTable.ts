/** A table in GitHub's Markdown. Empty cells at the end of a row may be left out. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const separator = `|${head.map(() => '---|').join('')}`
  const lines = rows.map((row) => tableRow(head.map((_, column) => row[column] ?? '')))
  return [tableRow(head), separator, ...lines].join('\n')
}

function tableRow(cells: readonly string[]): string {
  return `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell.replaceAll('|', '\\|')} |`)).join('')}`
}
