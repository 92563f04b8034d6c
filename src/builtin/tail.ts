import { keysOf, newline, type Keys } from './keys.ts'
import { isWord, tokenEnd } from './tokens.ts'

/** The end of a prompt, as it is searched for. */
export interface Tail {
  /** The keys before the caret, without the word the caret is in. */
  readonly hashes: Uint32Array
  /** What each of them is worth as evidence that two places in texts are alike. */
  readonly evidence: readonly number[]
  /** The word that ends at the caret, perhaps unfinished; empty if there is none. */
  readonly fragment: string
  /** The white space that ends at the caret. */
  readonly blanks: string
  /** Brackets that are open at the caret. */
  readonly open: number
}

/** No more keys than this are compared: by then it is the same text. */
export const tailLength = 32

/** @param keys the keys of the prompt */
export function tailOf(prompt: string, keys: Keys): Tail {
  const last = keys.hashes.length - 1
  const start = keys.starts[last] ?? 0
  const inWord = endsInWord(prompt) && last > 0 && tokenEnd(prompt, start) === prompt.length
  const end = inWord ? last : last + 1
  const from = Math.max(0, end - tailLength)
  const hashes = keys.hashes.slice(from, end)
  return {
    hashes,
    evidence: Array.from(hashes, (hash, at) =>
      // A name says more about a place than a bracket, of which there are many.
      hash !== newline && isWord(prompt.codePointAt(keys.starts[from + at] ?? 0) ?? 0) ? 4 : 1,
    ),
    fragment: inWord ? prompt.slice(start) : '',
    blanks: prompt.slice(prompt.trimEnd().length),
    open: brackets(prompt, keys).opened,
  }
}

/** The start of a suffix, as it is searched for. */
export interface Head {
  /** The keys after the caret, without leading line ends. */
  readonly hashes: Uint32Array
  /** How many of them are in the first line that has any. */
  readonly firstLine: number
  /** Whether the line of the caret ends at the caret. */
  readonly onNextLine: boolean
  readonly startsBlank: boolean
  /** The rest of the word that the caret is in or before; empty if there is none. */
  readonly word: string
  /** Brackets that the suffix closes and does not open. */
  readonly closed: number
}

/** Keys of the suffix that are compared; more would not make a meeting place surer. */
const headLength = 8

export function headOf(suffix: string): Head {
  const keys = keysOf(suffix)
  // Line ends before the first token are one key with the start of the text.
  const lineEnd = keys.hashes.indexOf(newline, 1)
  const hashes = keys.hashes.filter((hash) => hash !== newline)
  return {
    hashes: hashes.slice(0, headLength),
    firstLine: (lineEnd === -1 ? keys.hashes.length : lineEnd) - 1,
    onNextLine: /^[^\S\n]*\n/.test(suffix),
    startsBlank: /^\s/.test(suffix),
    word: isWord(suffix.codePointAt(0) ?? 0) ? suffix.slice(0, tokenEnd(suffix, 0)) : '',
    closed: brackets(suffix, keys).closed,
  }
}

/** The brackets that a text opens for others to close, and closes for others that opened them. */
function brackets(text: string, keys: Keys): { opened: number; closed: number } {
  let opened = 0
  let closed = 0
  for (const start of keys.starts) {
    const step = bracketStep(text, start)
    if (step < 0 && opened === 0) closed++
    else opened += step
  }
  return { opened, closed }
}

/** 1 for an opening bracket, -1 for a closing one, 0 for anything else. */
export function bracketStep(text: string, at: number): -1 | 0 | 1 {
  const character = text.charAt(at)
  if (character === '(' || character === '[' || character === '{') return 1
  return character === ')' || character === ']' || character === '}' ? -1 : 0
}

function endsInWord(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  // The second half of a surrogate pair is looked up with the first.
  const isLowSurrogate = last >= 0xdc00 && last <= 0xdfff
  return isWord(text.codePointAt(text.length - (isLowSurrogate ? 2 : 1)) ?? 0)
}
