import { ANY_LANGUAGE, type Syntax } from './filters/scanner.ts'

/**
 * The syntax of a language from its configuration, as VS Code's language extensions contribute it
 * (`language-configuration.json`). Parts that are missing or malformed are those of `ANY_LANGUAGE`.
 *
 * @param configuration the parsed file
 * @param language the language's id
 */
export function syntaxOf(configuration: unknown, language: string): Syntax {
  const fields = objectOf(configuration)
  const comments = commentsOf(objectOf(fields['comments']))
  const pairs = [...pairsOf(fields['brackets']), ...pairsOf(fields['autoClosingPairs'])]
  // `<` and `>` also compare.
  const brackets = pairs.filter(
    ([open, close]) => open.length === 1 && close.length === 1 && open !== close && open !== '<',
  )
  const quotes = pairs.filter(([open, close]) => open.length === 1 && open === close)
  const isConfigured = Array.isArray(fields['autoClosingPairs'])
  return {
    brackets: brackets.length > 0 ? Object.fromEntries(brackets) : ANY_LANGUAGE.brackets,
    quotes: isConfigured ? quotes.map(([quote]) => quote).join('') : ANY_LANGUAGE.quotes,
    multilineQuotes: ANY_LANGUAGE.multilineQuotes,
    comments,
    hasRegExps: comments.some(([begin]) => begin === '//'),
    hasCasePatterns: language === 'shellscript',
  }
}

function commentsOf({ lineComment, blockComment }: Fields): Syntax['comments'] {
  // VS Code 1.101 and later also accept `{ "comment": "//", "noIndent": true }`.
  const line = typeof lineComment === 'string' ? lineComment : objectOf(lineComment)['comment']
  const [block] = pairsOf([blockComment])
  return [
    ...(block === undefined ? [] : [block]),
    // A quotation mark three times begins a string in many languages, in Python a comment as well.
    ...(block?.[0] === '"""' ? [["'''", "'''"] as const] : []),
    ...(typeof line === 'string' && line !== '' ? [[line, '\n'] as const] : []),
  ]
}

type Fields = Record<string, unknown>

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Pairs in either form: `["(", ")"]` or `{ "open": "(", "close": ")" }` */
function pairsOf(value: unknown): (readonly [string, string])[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((pair: unknown) => {
    const { open, close } = objectOf(pair)
    const [first, second] = Array.isArray(pair) ? pair : [open, close]
    const isPair = typeof first === 'string' && typeof second === 'string'
    return isPair && first !== '' && second !== '' ? [[first, second] as const] : []
  })
}
