import type { Syntax } from '../../src/infill/filters/syntax.ts'
import { syntaxOf } from '../../src/infill/languageSyntax.ts'

const BRACKETS = [
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
] as const

/** What language extensions of VS Code configure, as far as it is read */
function configured(
  id: string,
  comments: object,
  quotes: string,
  indentationRules: object = {},
): Syntax {
  const pairs = quotes.split('').map((quote) => ({ open: quote, close: quote }))
  const autoClosingPairs = [...BRACKETS, ...pairs]
  return syntaxOf({ comments, brackets: BRACKETS, autoClosingPairs, indentationRules }, id)
}

/** As the extensions of VS Code 1.139 have them */
const LUA_INDENTATION = {
  increaseIndentPattern: String.raw`^((?!(\-\-)).)*((\b(else|function|then|do|repeat)\b((?!\b(end|until)\b).)*)|(\{\s*))$`,
  decreaseIndentPattern: String.raw`^\s*((\b(elseif|else|end|until)\b)|(\})|(\)))`,
}
const RUBY_INDENTATION = {
  increaseIndentPattern: String.raw`^\s*((begin|class|(private|protected)\s+def|def|else|elsif|ensure|for|if|module|rescue|unless|until|when|in|while|case)|([^#]*\sdo\b)|([^#]*=\s*(case|if|unless)))\b([^#\{;]|("|'|/).*\4)*(#.*)?$`,
  decreaseIndentPattern: String.raw`^\s*([}\]]([,)]?\s*(#|$)|\.[a-zA-Z_]\w*\b)|(end|rescue|ensure|else|elsif)\b|(in|when)\s)`,
}

const C_LIKE = { lineComment: '//', blockComment: ['/*', '*/'] }

/** By file extension */
export const SYNTAXES: Readonly<Record<string, Syntax>> = {
  css: configured('css', { blockComment: ['/*', '*/'] }, `"'`),
  go: configured('go', C_LIKE, '"`\''),
  h: configured('cpp', C_LIKE, `"'`),
  html: configured('html', { blockComment: ['<!--', '-->'] }, `"'`),
  js: configured('javascript', C_LIKE, '"\'`'),
  json: configured('json', C_LIKE, `"'\``),
  lua: configured(
    'lua',
    { lineComment: '--', blockComment: ['--[[', ']]'] },
    `"'`,
    LUA_INDENTATION,
  ),
  md: configured('markdown', { blockComment: ['<!--', '-->'] }, ''),
  py: configured('python', { lineComment: '#', blockComment: ['"""', '"""'] }, '"\'`'),
  rb: configured('ruby', { lineComment: '#' }, `"'`, RUBY_INDENTATION),
  rs: configured('rust', C_LIKE, '"'),
  sh: configured('shellscript', { lineComment: '#' }, '"\'`'),
  ts: configured('typescript', C_LIKE, '"\'`'),
  yml: configured('yaml', { lineComment: '#' }, `"'`),
}
