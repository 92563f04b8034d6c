// Measures how exactly gaps are restored: npm run bench -- restore [FOLDER…]
//
// A span is cut out of a real file and streamed back through the filters, followed by 0 to 1,000
// characters of the text after it, as from models that do not stop in time. The file has to be restored
// exactly. Files are those of the installed packages, or of the folders in the arguments. GAPS sets the
// number of gaps per language, SEED the seed.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { serverBuild } from '../launcher/serverBuild.ts'
import { gapIn, insertedAt } from '../support/gaps.ts'
import { extensionsFolder, syntaxesIn } from '../support/languages.ts'
import { random } from '../support/random.ts'

const CONTINUATIONS = [0, 20, 160, 1000]
const GAPS = Number(process.env['GAPS'] ?? 400)
const SEED = Number(process.env['SEED'] ?? 1)
const LANGUAGES =
  'c cpp cs css go h html java js json kt less lua md mm php py rb rs scss sh sql swift ts xml yml'.split(
    ' ',
  )
/** Fewer files than this say little about a language. */
const MIN_FILES = 5
const MAX_FILE = 200_000

function filesByLanguage(folders: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const language = extname(entry.name).slice(1)
      if (!entry.isFile() || /\.min\.|bundle/.test(entry.name)) continue
      found.set(language, [...(found.get(language) ?? []), join(entry.parentPath, entry.name)])
    }
  }
  return found
}

interface Rate {
  restored: number
  all: number
}

const rates = (): Rate[] => CONTINUATIONS.map(() => ({ restored: 0, all: 0 }))
const percent = ({ restored, all }: Rate): string => ((100 * restored) / all).toFixed(1).padStart(7)

const syntaxes = syntaxesIn(extensionsFolder(await serverBuild()))
const folders = process.argv.slice(3)
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const files = filesByLanguage(folders.length > 0 ? folders : [modules])
const totals = rates()
console.log(`Gaps restored, in %, by the number of characters that follow (seed ${SEED}):`)
console.log('language  gaps', ...CONTINUATIONS.map((length) => `+${length}`.padStart(7)))
for (const language of LANGUAGES) {
  const paths = (files.get(language) ?? []).toSorted()
  if (paths.length < MIN_FILES) continue
  const chance = random(SEED)
  const own = rates()
  for (let gaps = 0, tries = 0; gaps < GAPS && tries < GAPS * 5; tries++) {
    const text = readFileSync(chance.pick(paths), 'utf8').replaceAll(/\r\n?/g, '\n')
    const isText = text.length <= MAX_FILE && text.split('\n').length >= 5 && !text.includes('\0')
    const gap = isText ? gapIn(text, chance) : null
    if (gap === null) continue
    gaps++
    for (const [index, length] of CONTINUATIONS.entries()) {
      const answer = gap.text + gap.after.slice(0, length)
      const syntax = syntaxes.get(`.${language}`)
      const isRestored = insertedAt(gap, answer, { chance, syntax }).text === gap.text
      for (const rate of [own[index], totals[index]]) {
        if (rate === undefined) continue
        rate.all++
        if (isRestored) rate.restored++
      }
    }
  }
  console.log(language.padEnd(9), String(own[0]?.all).padStart(4), ...own.map(percent))
}
console.log('all'.padEnd(9), String(totals[0]?.all).padStart(4), ...totals.map(percent))
