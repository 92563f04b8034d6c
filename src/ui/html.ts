/** Text of the page that may contain tags: everything else is escaped. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | readonly Html[]

/** A template whose values are escaped, unless they are `Html` themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const parts = strings.flatMap((text, index) => [
    text,
    index < values.length ? textOf(values[index] ?? '') : '',
  ])
  return { html: parts.join('') }
}

function textOf(value: Part): string {
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value))
  return 'html' in value ? value.html : value.map((each) => each.html).join('')
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
