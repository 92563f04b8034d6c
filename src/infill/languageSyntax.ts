import { ANY_LANGUAGE, type Syntax } from './filters/syntax.ts'

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
    blocks: blocksOf(fields, language),
  }
}

/** Lines that no configuration of VS Code has, by the language's id */
const BLOCKS: Readonly<Record<string, Syntax['blocks']>> = {
  shellscript: [
    {
      begins: /^([^#'"`]*[\s;|&({])?(if|for|while|until|case|select)\s/,
      ends: /^\s*(fi|done|esac)\b|\b(fi|done|esac)[\s;)}]*$/,
    },
  ],
  makefile: [{ begins: /^\s*(ifn?def|ifn?eq|define)\b/, ends: /^\s*(endif|endef)\b/ }],
}

/** As the preprocessors of C, C++, Objective-C, C# and Swift read them */
const DIRECTIVES = { begins: /^\s*#\s*if/, ends: /^\s*#\s*endif\b/ }

/** The lines of indentation and folding, and those that no configuration has */
function blocksOf(fields: Fields, language: string): Syntax['blocks'] {
  const { increaseIndentPattern, decreaseIndentPattern } = objectOf(fields['indentationRules'])
  const { start, end } = objectOf(objectOf(fields['folding'])['markers'])
  const isDirective = commentsOf(objectOf(fields['comments'])).some(([begin]) => begin === '//')
  const words = blockOf(increaseIndentPattern, decreaseIndentPattern)
  const regions = blockOf(start, end)
  return [
    // The rules of most languages are about brackets only, which are counted elsewhere.
    ...words.filter(({ ends }) => END_WORDS.some((word) => ends.test(word))).map(withoutBrackets),
    ...regions,
    ...(isDirective ? [DIRECTIVES] : []),
    ...(BLOCKS[language] ?? []),
  ]
}

function blockOf(begin: unknown, end: unknown): Syntax['blocks'] {
  const begins = patternOf(begin)
  const ends = patternOf(end)
  return begins === null || ends === null ? [] : [{ begins, ends }]
}

const END_WORDS = ['end', 'end if', 'endif', 'endif;', 'endfunction', 'done', 'fi', 'until']

/** Without the lines that end with an opening bracket or begin with a closing one */
function withoutBrackets({ begins, ends }: Syntax['blocks'][number]): Syntax['blocks'][number] {
  return {
    begins: new RegExp(String.raw`^(?!.*[{([]\s*$)(?=.*?(?:${begins.source}))`, begins.flags),
    ends: new RegExp(String.raw`^(?=\s*\w)(?=.*?(?:${ends.source}))`, ends.flags),
  }
}

/** Either form: `"^a"` or `{ "pattern": "^a", "flags": "i" }` */
function patternOf(value: unknown): RegExp | null {
  const { pattern = value, flags } = objectOf(value)
  if (typeof pattern !== 'string') return null
  try {
    return new RegExp(pattern, typeof flags === 'string' ? flags.replaceAll(/[gy]/g, '') : '')
  } catch {
    // VS Code does without it as well.
    return null
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
