import assert from 'node:assert/strict'
import { contextWindow, type Budget } from '../../../../src/infill/context/contextWindow.ts'

/** The default settings: 4096 tokens of 3 characters */
const BUDGET: Budget = { characters: 4096 * 3, prefixShare: 0.75 }

/** Lines of the length of source code, the same in each run */
function source(count: number): string[] {
  let seed = 7
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  return Array.from({ length: count }, (_, line) =>
    random() < 0.15 ? '' : `${line} `.padEnd(10 + Math.floor(random() * 50), 'x'),
  )
}

/** The prompts of 51 consecutive completions of four lines each */
function prompts(below: number, cut: (before: string[], after: string[]) => string): string[] {
  const all = source(2000)
  return Array.from({ length: 51 }, (_, times) =>
    cut([...all.slice(0, 500 + 4 * times), ''], ['', ...all.slice(1000, 1000 + below)]),
  )
}

function stable(before: string[], after: string[]): string {
  const lines = [...before.slice(0, -1), ...after]
  const caret = { line: before.length - 1, character: 0 }
  const document = { lineCount: lines.length, lineAt: (line: number) => lines[line] ?? '' }
  return contextWindow(document, { start: caret, end: caret }, BUDGET).prompt
}

/** As much as fits, from a line's start: without a stable start */
function plain(before: string[], after: string[]): string {
  const { characters, prefixShare } = BUDGET
  const length = Math.max(characters * prefixShare, characters - after.join('\n').length)
  const text = before.join('\n')
  return text.slice(text.indexOf('\n', text.length - length - 1) + 1)
}

/** The average share of a prompt that is the beginning of the previous one */
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

suite('stable start', () => {
  for (const below of [0, 400]) {
    const steps = shared(prompts(below, stable))
    const cut = shared(prompts(below, plain))
    const where = below === 0 ? 'at the end of a file' : 'in the middle of a file'
    test(`keeps ${percent(steps)} of the prompt over 50 completions ${where} (without it: ${percent(cut)})`, () => {
      assert.ok(steps >= 0.9, percent(steps))
      assert.ok(cut < 0.1, percent(cut))
    })

    test(`leaves at most a third of the space unused ${where}`, () => {
      const longest = prompts(below, plain)
      for (const [index, prompt] of prompts(below, stable).entries()) {
        const part = longest[index]?.length ?? 0
        assert.ok(prompt.length >= (2 / 3) * part - 70 && prompt.length <= part, `${index}`)
      }
    })
  }

  test('does not depend on earlier prompts', () => {
    const [first] = prompts(0, stable)
    prompts(400, stable)
    assert.equal(prompts(0, stable)[0], first)
  })

  test('is the same for every cursor position on a line, and for a slightly different budget', () => {
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

  test('does not change the suffix', () => {
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
