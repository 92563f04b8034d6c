import type { Filter } from './filter.ts'
import { segmentBuffer } from './segment.ts'

/** The longest special token that is looked for, in UTF-16 units */
const LONGEST = 48

/** `<|endoftext|>`, `<|fim_pad|>`, `<｜end▁of▁sentence｜>`, `<|file_separator|>`: nothing else has this form. */
const MARKED = /<([|｜])[\p{L}\p{N}_▁:.-]{2,40}\1>/u

/** Tokens whose form is that of an element or of a list in other texts: they count at the end only. */
const PLAIN = new RegExp(
  `^(?:${[
    String.raw`<\/?s>`,
    '<(?:eos|bos|pad|unk|EOT|EOS|EOD|eod|PRE|SUF|MID|END|file_sep|repo_name|filename|reponame)>',
    '<(?:end|start)_of_(?:turn|image|text)>',
    '<fim[_-](?:prefix|suffix|middle|pad|begin|hole|end)>',
    '<(?:jupyter|issue|gh|commit|empty)_[a-z_]{2,20}>',
    String.raw`\[(?:EOS|BOS|PAD|UNK|SEP|CLS|\/?INST|SUFFIX|PREFIX|MIDDLE|gMASK)\]`,
    '<0x[0-9A-F]{2}>',
  ].join('|')})$`,
)

/** Whether a token is one of the model's own, which stands for no text */
export function isSpecialToken(token: string): boolean {
  return PLAIN.test(token) || MARKED.exec(token)?.[0] === token
}

/**
 * Ends the text at a special token of the model that the server has not removed, whatever the family of
 * the model. The tokens of a known template are stop sequences already.
 *
 * ```
 *   ok<|fim_pad|><|endoftext|>   →   ok
 *   ok</s>                       →   ok
 *   tokens = ["<s>", "</s>"]     →   all of it: text follows, or a quotation mark stands before it
 * ```
 *
 * @param around the text around the cursor: a document that contains such tokens may get more of them
 */
export function stopAtSpecialTokens(around: string): Filter {
  const held = segmentBuffer()
  const isAbout = MARKED.test(around)
  const elements = new Set(around.match(/<\/?s>|<[a-z_-]+>|\[[A-Z]+\]/g) ?? [])
  let before = ''
  let done = false

  /** Where the text ends at a token that counts anywhere; `null` when it does not */
  function marked(text: string): number | null {
    if (isAbout) return null
    for (let from = 0; ;) {
      const found = MARKED.exec(text.slice(from))
      if (found === null) return null
      const at = from + found.index
      if (!isQuoted(at === 0 ? before : text.charAt(at - 1))) return at
      from = at + found[0].length
    }
  }

  /** Where tokens at the end of the text begin; the text's length when there are none */
  function endTokens(text: string): number {
    let end = text.length
    for (;;) {
      const rest = text.slice(0, end)
      const open = Math.max(rest.lastIndexOf('<'), rest.lastIndexOf('['))
      const token = open === -1 ? '' : rest.slice(open).trimEnd()
      if (!PLAIN.test(token) || elements.has(token)) return end
      if (isQuoted(open === 0 ? before : rest.charAt(open - 1))) return end
      end = open
    }
  }

  /** The length of what can pass: not what may be a token, or tokens at the end */
  function safeLength(text: string): number {
    const open = Math.max(text.lastIndexOf('<'), text.lastIndexOf('['))
    const last = open === -1 ? '' : text.slice(open)
    // `<s` may become `<s>`, and what follows is not known yet.
    const isPartial = last !== '' && last.length <= LONGEST && !/[\s>\]]/.test(last)
    return endTokens(isPartial ? text.slice(0, open) : text)
  }

  function take(length: number) {
    before = length === 0 ? before : held.text.charAt(length - 1)
    return held.take(length)
  }

  return {
    push(segments) {
      if (done) return []
      held.append(segments)
      const { text } = held
      const at = marked(text)
      if (at === null) return take(safeLength(text))
      done = true
      const out = take(endTokens(text.slice(0, at)))
      held.clear()
      return out
    },
    flush() {
      if (done) return []
      const out = take(endTokens(held.text))
      held.clear()
      return out
    },
    get done() {
      return done
    },
  }
}

function isQuoted(char: string): boolean {
  return char !== '' && '"\'`'.includes(char)
}
