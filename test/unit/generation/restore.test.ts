import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gapIn, insertedAt, type Gap } from '../../support/gaps.ts'
import { random, type Random } from '../../support/random.ts'
import { SYNTAXES } from '../../support/syntaxes.ts'

const SEED = 11
const REAL_GAPS = 2_000
const RANDOM_GAPS = 20_000
const CONTINUATIONS = [0, 20, 160, 1000]
const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** The paths of small text files of installed packages, by file extension */
function filesByLanguage(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const entries = readdirSync(MODULES, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const language = extname(entry.name).slice(1)
    if (!entry.isFile() || /\.min\.|bundle/.test(entry.name) || !(language in SYNTAXES)) continue
    found.set(language, [...(found.get(language) ?? []), join(entry.parentPath, entry.name)])
  }
  return found
}

function gapInOneOf(paths: readonly string[], chance: Random): Gap {
  for (;;) {
    const text = readFileSync(chance.pick(paths), 'utf8').replaceAll(/\r\n?/g, '\n')
    const isText = text.length < 60_000 && text.split('\n').length >= 5 && !text.includes('\0')
    const gap = isText ? gapIn(text, chance) : null
    if (gap !== null) return gap
  }
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Whether what is not inserted is text that the document has after the cursor, or is reported */
function isLawful(
  { after }: Gap,
  answer: string,
  { text, reason }: ReturnType<typeof insertedAt>,
): boolean {
  if (reason === 'blockEnd' || reason === 'repetition') return true
  const [given, taken] = [answer, text].map((each) => each.replaceAll(/^[ \t]+/gm, ''))
  if (given === undefined || taken === undefined || !given.startsWith(taken.trimEnd())) return false
  const left = inOneLine(given.slice(taken.trimEnd().length))
  return left === '' || inOneLine(after).startsWith(left)
}

suite('gaps', () => {
  test(`${REAL_GAPS} gaps in files of npm packages are restored (seed ${SEED})`, function () {
    this.timeout(60_000)
    const chance = random(SEED)
    const files = [...filesByLanguage()].filter(([, paths]) => paths.length >= 5)
    assert.ok(files.length >= 8, files.map(([language]) => language).join(', '))
    const restored = CONTINUATIONS.map(() => 0)
    for (let index = 0; index < REAL_GAPS; index++) {
      const [language, paths] = files[index % files.length] ?? ['', []]
      const gap = gapInOneOf(paths, chance)
      for (const [at, length] of CONTINUATIONS.entries()) {
        const answer = gap.text + gap.after.slice(0, length)
        const found = insertedAt(gap, answer, { chance, syntax: SYNTAXES[language] })
        assert.ok(isLawful(gap, answer, found), JSON.stringify({ language, gap, found }))
        if (found.text === gap.text) restored[at] = (restored[at] ?? 0) + 1
      }
    }
    const [stops = 0, ...goesOn] = restored.map((count) => count / REAL_GAPS)
    assert.ok(stops >= 0.995, `${stops} where the completion stops by itself`)
    for (const rate of goesOn) assert.ok(rate >= 0.98, `${goesOn.join(', ')} where it continues`)
  })

  test(`nothing is lost in ${RANDOM_GAPS} random gaps (seed ${SEED})`, function () {
    this.timeout(60_000)
    const chance = random(SEED)
    const parts = 'a b value return ( ) { } [ ] " \' ` // # <p> </p> ; , . = 0 1'.split(' ')
    const text = (length: number): string =>
      Array.from({ length }, () => chance.pick(parts) + chance.pick(['', ' ', '\n', '\n  '])).join(
        '',
      )
    for (let index = 0; index < RANDOM_GAPS; index++) {
      const gap: Gap = {
        kind: 'characters',
        before: text(chance.below(12)),
        text: text(1 + chance.below(10)),
        after: text(chance.below(12)),
      }
      const answer = gap.text + gap.after.slice(0, chance.below(30))
      const found = insertedAt(gap, answer, { chance, syntax: SYNTAXES['ts'] })
      assert.ok(isLawful(gap, answer, found), JSON.stringify({ gap, answer, found }))
    }
  })
})
