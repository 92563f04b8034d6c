import type { Syntax } from '../../src/infill/filters/scanner.ts'
import { syntaxOf } from '../../src/infill/languageSyntax.ts'

const BRACKETS = [
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
] as const

/** What language extensions of VS Code configure, as far as it is read */
function configured(id: string, comments: object, quotes: string): Syntax {
  const pairs = quotes.split('').map((quote) => ({ open: quote, close: quote }))
  return syntaxOf({ comments, brackets: BRACKETS, autoClosingPairs: [...BRACKETS, ...pairs] }, id)
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
  lua: configured('lua', { lineComment: '--', blockComment: ['--[[', ']]'] }, `"'`),
  md: configured('markdown', { blockComment: ['<!--', '-->'] }, ''),
  py: configured('python', { lineComment: '#', blockComment: ['"""', '"""'] }, '"\'`'),
  rs: configured('rust', C_LIKE, '"'),
  sh: configured('shellscript', { lineComment: '#' }, '"\'`'),
  ts: configured('typescript', C_LIKE, '"\'`'),
  yml: configured('yaml', { lineComment: '#' }, `"'`),
}
