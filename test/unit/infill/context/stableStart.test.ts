import assert from 'node:assert/strict'
import { contextWindow, type Budget } from '../../../../src/infill/context/contextWindow.ts'

/** The settings' own: 4096 tokens of 3 characters */
const BUDGET: Budget = { characters: 4096 * 3, prefixShare: 0.75 }

/** Lines as long as those of source code, the same in each run */
function source(count: number): string[] {
  let seed = 7
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  return Array.from({ length: count }, (_, line) =>
    random() < 0.15 ? '' : `${line} `.padEnd(10 + Math.floor(random() * 50), 'x'),
  )
}

/** The prompts of 51 completions of four lines each, one after the other */
function prompts(below: number, cut: (before: string[], after: string[]) => string): string[] {
  const all = source(2000)
  return Array.from({ length: 51 }, (_, times) =>
    cut([...all.slice(0, 500 + 4 * times), ''], ['', ...all.slice(1000, 1000 + below)]),
  )
}

function steady(before: string[], after: string[]): string {
  const lines = [...before.slice(0, -1), ...after]
  const caret = { line: before.length - 1, character: 0 }
  const document = { lineCount: lines.length, lineAt: (line: number) => lines[line] ?? '' }
  return contextWindow(document, { start: caret, end: caret }, BUDGET).prompt
}

/** As much as fits, from a line's start: what was done before */
function plain(before: string[], after: string[]): string {
  const { characters, prefixShare } = BUDGET
  const length = Math.max(characters * prefixShare, characters - after.join('\n').length)
  const text = before.join('\n')
  return text.slice(text.indexOf('\n', text.length - length - 1) + 1)
}

/** What part of each prompt is the beginning of the one before, on average */
function shared(all: readonly string[]): number {
  const shares = all
    .slice(1)
    .map((prompt, index) => commonStart(prompt, all[index] ?? '') / prompt.length)
  return shares.reduce((sum, each) => sum + each, 0) / shares.length
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

suite('the start of a prompt that is cut', () => {
  for (const below of [0, 400]) {
    const steps = shared(prompts(below, steady))
    const cut = shared(prompts(below, plain))
    const where = below === 0 ? 'at the end of a file' : 'in the middle of a file'
    test(`stays: over 50 completions ${where}, ${percent(steps)} of the prompt is as before (cut plainly: ${percent(cut)})`, () => {
      assert.ok(steps >= 0.9, percent(steps))
      assert.ok(cut < 0.1, percent(cut))
    })

    test(`leaves no more than a third of its part unused, ${where}`, () => {
      const longest = prompts(below, plain)
      for (const [index, prompt] of prompts(below, steady).entries()) {
        const part = longest[index]?.length ?? 0
        assert.ok(prompt.length >= (2 / 3) * part - 70 && prompt.length <= part, `${index}`)
      }
    })
  }

  test('does not depend on what was asked before', () => {
    const [first] = prompts(0, steady)
    prompts(400, steady)
    assert.equal(prompts(0, steady)[0], first)
  })

  test('stays for every caret on the same line, and for a budget that is a little other', () => {
    const lines = source(1000)
    const document = { lineCount: 1000, lineAt: (line: number) => lines[line] ?? '' }
    const startAt = (character: number, characters: number): string => {
      const caret = { line: 801, character }
      const budget = { ...BUDGET, characters }
      const { prompt } = contextWindow(document, { start: caret, end: caret }, budget)
      return prompt.slice(0, 100)
    }
    const start = startAt(0, 12_288)
    for (const [character, characters] of [
      [5, 12_288],
      [0, 12_200],
      [0, 12_400],
    ] as const) {
      assert.equal(startAt(character, characters), start)
    }
  })

  test('the suffix does not change with a prompt that is cut', () => {
    const lines = source(2000)
    const suffixAt = (before: number): string => {
      const own = [...lines.slice(0, before), '', ...lines.slice(1000)]
      const document = { lineCount: own.length, lineAt: (line: number) => own[line] ?? '' }
      const caret = { line: before, character: 0 }
      return contextWindow(document, { start: caret, end: caret }, BUDGET).suffix
    }
    const suffixes = new Set([500, 504, 508, 530, 600].map(suffixAt))
    assert.equal(suffixes.size, 1)
  })
})
