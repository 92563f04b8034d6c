import assert from 'node:assert/strict'
import { outputFilterFor } from '../../../src/generation/outputFilter.ts'
import { appendTo, textOf, type Segment, type Token } from '../../../src/infill/filters/segment.ts'
import type { Surroundings } from '../../../src/infill/surroundings.ts'
import { templateOf } from '../../../src/infill/templates.ts'
import { random, type Random } from '../../support/random.ts'

const PROMPT = 'def sum(items):\n    '
const ANSWERS = 500
const CUTS = 20

const LINE_PREFIXES = ['', '  ', '\t', 'foo(', '    x = ', 'print("', "it's (", '<div>', 'f() {']
const SUFFIXES = [
  '',
  '\n',
  ')',
  ' );',
  ');\nreturn total;',
  ') {\n  b()\n}',
  '")',
  '"""\n  pass',
  '\n}',
  '\n\n  return total;\n}',
  '\n} else {\n  c',
  '}, [a]);',
  ' }',
  ', timeout=5)',
  '</div>',
]

/** Parts of completions, among them parts of suffixes, stop sequences, emoji and line ends */
const PARTS = [
  'a, b',
  'value',
  'return total;',
  '\n  return total;\n}',
  'for (const x of xs) {\n    sum(x)\n  }\n',
  "\tlog('it')\n",
  '  log(value);\n',
  'if (a) {\n\t\tb()\n\t}',
  "# don’t, don't\n",
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '    ',
  '\t',
  ' ',
  '(',
  ')',
  '{',
  '}',
  '[',
  '"',
  '`',
  '"""',
  '\\"',
  ';',
  '0, ',
  '<div>',
  '</div>',
  '😀',
  '👩‍🚒',
  '🇩🇪',
  '漢字',
  '<',
  '<|fim',
  '<|endoftext|>',
  'STO',
  'STOP',
]

interface Case {
  seed: number
  answer: string
  echo: boolean
  oneLine: boolean
  surroundings: Surroundings
}

function caseOf(seed: number): Case {
  const chance = random(seed)
  const linePrefix = chance.pick(LINE_PREFIXES)
  const surroundings: Surroundings = {
    before: `function f() {\n${linePrefix}`,
    linePrefix,
    suffix: chance.pick(SUFFIXES),
    ...(chance.below(2) === 0 && {
      insertSpaces: chance.below(2) === 0,
      tabSize: 2 + 2 * chance.below(2),
    }),
  }
  const parts = Array.from({ length: 1 + chance.below(20) }, () => {
    const part = chance.below(10) === 0 ? surroundings.suffix : chance.pick(PARTS)
    return chance.below(8) === 0 ? (part + chance.pick(PARTS)).repeat(chance.below(10)) : part
  })
  const echo = chance.below(4) === 0
  const answer = (echo ? PROMPT : '') + parts.join('')
  return { seed, answer, echo, oneLine: chance.below(5) === 0, surroundings }
}

/** Splits a text at random places, into pieces of 0…12 units. */
function pieces(text: string, chance: Random): string[] {
  const longest = 1 + chance.below(12)
  const found: string[] = []
  for (let at = 0; at < text.length;) {
    const length = chance.below(longest + 1)
    found.push(text.slice(at, at + length))
    at += length
  }
  return found
}

function tokensOf(answer: string, chance: Random): Segment[] {
  let offset = 0
  return pieces(answer, chance).map((text) => {
    const token: Token = { text, offset, logprob: -1, alternatives: null }
    offset += text.length
    return { text, token }
  })
}

/** What comes out, with neighbors of the same token merged, and why it ended */
function filtered(
  { echo, oneLine, surroundings }: Case,
  pushes: readonly (readonly Segment[])[],
): { out: Segment[]; reason: string | null } {
  const request = { prompt: PROMPT, suffix: surroundings.suffix, echo, stop: ['STOP', '\n\n\n\n'] }
  const filter = outputFilterFor(request, templateOf('qwen', ''), { surroundings, oneLine })
  const out: Segment[] = []
  for (const segments of pushes) appendTo(out, filter.push(segments))
  appendTo(out, filter.flush())
  return { out, reason: filter.reason }
}

/** Whether a character of the output can be that of the answer. CRLF and CR become LF. */
const isSame = (char: string, original: string | undefined): boolean =>
  char === original || (char === '\n' && original === '\r')
const lineFeeds = (text: string): string => text.replaceAll(/\r\n?/g, '\n')
const withoutIndentation = (text: string): string => text.replaceAll(/^[ \t]+/gm, '')

/** Whether each character is one of its token's, in the order of the answer */
function keepsTokens({ answer }: Case, out: readonly Segment[], isIndented: boolean): boolean {
  let next = 0
  let isLead = true
  for (const { text, token } of out) {
    if (token === null || answer.slice(token.offset).indexOf(token.text) !== 0) return false
    const end = token.offset + token.text.length
    next = Math.max(next, token.offset)
    for (const char of text.split('')) {
      isLead = isLead && (char === ' ' || char === '\t')
      if (isLead && isIndented) {
        if (!/[ \t]/.test(token.text)) return false
        continue
      }
      while (next < end && !isSame(char, answer[next])) next++
      if (next++ >= end) return false
      if (char === '\n') isLead = true
    }
  }
  return true
}

function areSame(a: ReturnType<typeof filtered>, b: ReturnType<typeof filtered>): boolean {
  return (
    a.reason === b.reason &&
    a.out.length === b.out.length &&
    a.out.every(({ text, token }, index) => {
      const other = b.out[index]
      return text === other?.text && token === other.token
    })
  )
}

suite('output filter', () => {
  const cases = Array.from({ length: ANSWERS }, (_, index) => caseOf(index + 1))
  const plain = ({ answer }: Case): Segment[] => [{ text: answer, token: null }]
  const tokens = ({ seed, answer }: Case): Segment[] => tokensOf(answer, random(-seed))

  test('random answers end for every reason', () => {
    const reasons = new Set(cases.map((each) => filtered(each, [plain(each)]).reason))
    assert.deepEqual(
      reasons,
      new Set([null, 'stop', 'overlap', 'blockEnd', 'repetition', 'singleLine']),
    )
  })

  test('passes a contiguous part of the answer', () => {
    for (const each of cases) {
      const out = textOf(filtered(each, [plain(each)]).out)
      const same = each.surroundings.tabSize === undefined ? lineFeeds(each.answer) : null
      const holds =
        same?.includes(out) ??
        withoutIndentation(lineFeeds(each.answer)).includes(withoutIndentation(out))
      assert.ok(holds, `${JSON.stringify(each)} → ${JSON.stringify(out)}`)
    }
  })

  test('passes the same text with and without tokens', () => {
    for (const each of cases) {
      const expected = filtered(each, [plain(each)])
      const { out, reason } = filtered(each, [tokens(each)])
      assert.deepEqual(
        [textOf(out), reason],
        [textOf(expected.out), expected.reason],
        JSON.stringify(each),
      )
    }
  })

  test('keeps the token of each character', () => {
    for (const each of cases) {
      const { out } = filtered(each, [tokens(each)])
      const isIndented = each.surroundings.tabSize !== undefined
      assert.ok(
        keepsTokens(each, out, isIndented),
        `${JSON.stringify(each)} → ${JSON.stringify(out)}`,
      )
    }
  })

  test(`does not depend on how the answer is cut: ${ANSWERS * CUTS} random cuts`, function () {
    // A second on an idle machine
    this.timeout(30_000)
    for (const each of cases) {
      for (const segments of [plain(each), tokens(each)]) {
        const expected = filtered(each, [segments])
        for (let cut = 0; cut < CUTS / 2; cut++) {
          const chance = random(each.seed * CUTS + cut)
          const smaller = segments.flatMap(({ text, token }) =>
            pieces(text, chance).map((piece) => [{ text: piece, token }]),
          )
          const found = filtered(each, smaller)
          if (areSame(found, expected)) continue
          assert.deepEqual(found, expected, `cut ${cut} of ${JSON.stringify(each)}`)
        }
      }
    }
  })
})
