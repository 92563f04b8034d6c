// The figures of the built-in endpoint's model: npm run bench -- model
//
// Real packages, as the lockfile installs them; a tenth of the files of each is held out. Times depend
// on the machine, the rest does not.
import { dirname } from 'node:path'
import { History } from '../../src/builtin/model/history.ts'
import { generateTokens, taskOf, type Knowledge } from '../../src/builtin/model/task.ts'
import { frequencies, predict } from '../../src/builtin/model/predict.ts'
import { likeliest, randomFrom } from '../../src/builtin/model/sample.ts'
import { Texts } from '../../src/builtin/texts.ts'
import { decode, END_OF_TEXT, Vocabulary } from '../../src/builtin/model/vocabulary.ts'
import { firstVersion, type Completer } from './firstVersion.ts'
import { infillsOf } from './infills.ts'
import { packageOf, type Package, type SourceFile } from './packages.ts'
import { measureStart } from './start.ts'
import { Trigrams } from './trigrams.ts'

const packages = [packageOf('undici', 'lib'), packageOf('mocha', 'lib'), packageOf('openai', 'src')]
/** Characters of a held-out file that are predicted. */
const most = 12_000

interface Figures {
  tokens: number
  right: number
  bits: number
}

/** What has been read of a package, for one of its held-out files. */
interface Shelf {
  readonly vocabulary: Vocabulary
  /** All files, and again those beside the held-out one, which count as open. */
  readonly all: History
  readonly open: History
}

function shelve(read: readonly SourceFile[], file: SourceFile): Shelf {
  const vocabulary = new Vocabulary()
  const [all, open] = [new Texts(), new Texts()]
  const beside = read.filter(({ path }) => dirname(path) === dirname(file.path)).slice(0, 8)
  for (const each of read) {
    const ids = Int32Array.from(vocabulary.learn(each.text))
    all.put(each.path, ids)
    if (beside.includes(each)) open.put(each.path, ids)
  }
  return { vocabulary, all: all.history, open: open.history }
}

/** Predicts each token of a text from those before it. A token that is new is spelled in bytes. */
function predicting(
  shelf: Shelf,
  text: string,
  caches: readonly History[],
  own: History | undefined,
  figures: Figures,
): void {
  const { vocabulary } = shelf
  const known = vocabulary.size
  const ids = [END_OF_TEXT, ...vocabulary.learn(text)]
  const seen = new Set<number>()
  const all = own === undefined ? caches : [...caches, own]
  const base = frequencies(all, vocabulary.size)
  own?.push(END_OF_TEXT)
  for (const [at, id] of ids.entries()) {
    if (at === 0) continue
    const p = predict(ids.slice(0, at), all, base)
    const isNew = id >= known && !seen.has(id)
    seen.add(id)
    score(figures, id, isNew ? decode(vocabulary, [id]) : undefined, p)
    own?.push(id)
  }
}

function score(figures: Figures, id: number, spelled: string | undefined, p: Float64Array): void {
  figures.tokens++
  if (spelled === undefined) {
    figures.bits -= Math.log2(p[id] ?? 0)
    if (likeliest(p, 1)[0] === id) figures.right++
    return
  }
  const bytes = p.subarray(0, END_OF_TEXT).reduce((sum, each) => sum + each, 0)
  figures.bits += 8 * Buffer.byteLength(spelled) - Math.log2(bytes)
}

const rows = ['plain trigrams', 'workspace', 'workspace, file', 'workspace, open files, file']

function predictions({ read, heldOut }: Package): Map<string, Figures> {
  const figures = new Map(rows.map((row) => [row, { tokens: 0, right: 0, bits: 0 }]))
  for (const file of heldOut) {
    const text = file.text.slice(0, most)
    for (const [row, total] of figures) {
      // A vocabulary of its own for each, so that none knows a new token from the one before.
      const shelf = shelve(read, file)
      if (row === 'plain trigrams') trigrams(read, shelf, text, total)
      else if (row === 'workspace') predicting(shelf, text, [shelf.all], undefined, total)
      else if (row === 'workspace, file') predicting(shelf, text, [shelf.all], new History(), total)
      else predicting(shelf, text, [shelf.all, shelf.open], new History(), total)
    }
  }
  return figures
}

function trigrams(
  read: readonly SourceFile[],
  { vocabulary, all }: Shelf,
  text: string,
  figures: Figures,
): void {
  const model = new Trigrams()
  for (const each of read) model.read([END_OF_TEXT, ...vocabulary.learn(each.text)])
  const known = vocabulary.size
  const ids = [END_OF_TEXT, ...vocabulary.learn(text)]
  const base = frequencies([all], vocabulary.size)
  for (const [at, id] of ids.entries()) {
    if (at === 0) continue
    const spelled = id >= known ? decode(vocabulary, [id]) : undefined
    score(figures, id, spelled, model.predict(ids, at, base))
  }
}

/** The endpoint's own answer at temperature 0. */
function completer(knowledge: Knowledge): Completer {
  const greedy = {
    temperature: 0,
    top_p: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    logit_bias: new Map(),
  }
  return async (prompt, suffix, max_tokens) => {
    let text = ''
    let left = max_tokens
    for (const token of generateTokens(
      taskOf(knowledge, prompt, suffix),
      greedy,
      randomFrom(1),
      0,
    )) {
      text += token.text
      if (--left === 0) break
    }
    return text
  }
}

interface Infills {
  lines: number
  halves: number
  blocks: number
  count: number
  ms: number
}

/** How many gaps are filled exactly: whole lines, second halves of lines, three lines. */
async function infills(file: SourceFile, complete: Completer, sum: Infills): Promise<void> {
  const startedAt = performance.now()
  const isExact = async (prompt: string, text: string, suffix: string): Promise<number> => {
    // Only the text near the caret is sent, as the editor does it.
    const answer = await complete(prompt.slice(-9000), suffix.slice(0, 3000), 128)
    return answer.trim() === text.trim() ? 1 : 0
  }
  for (const { before, half, line, after, lines, afterLines } of infillsOf(file.text, 20)) {
    sum.lines += await isExact(before, line, after)
    sum.halves += await isExact(before + half, line.slice(half.length), after)
    sum.blocks += await isExact(before, lines, afterLines)
    sum.count++
  }
  sum.ms += performance.now() - startedAt
}

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`

console.log('## Next token: right at the first guess, and bits per token\n')
for (const each of packages) {
  const size = each.read.reduce((sum, { text }) => sum + text.length, 0) / 1e6
  console.log(
    `${each.name}: ${each.read.length} files, ${size.toFixed(2)} MB read, ${each.heldOut.length} held out`,
  )
  for (const [row, { tokens, right, bits }] of predictions(each)) {
    console.log(`  ${row.padEnd(28)} ${percent(right, tokens)}  ${(bits / tokens).toFixed(2)} bits`)
  }
}

console.log('\n## One line taken out, its second half, or three lines: filled exactly\n')
const first = await firstVersion()
if (first === undefined)
  console.log('(The first version is not in the history of this clone, so its row is missing.)')
for (const each of packages) {
  const sums = new Map<string, Infills>()
  for (const file of each.heldOut) {
    const { vocabulary, all, open } = shelve(each.read, file)
    const models: [string, Completer][] = [
      ['workspace, file', completer({ vocabulary, caches: [all] })],
      ['workspace, open files, file', completer({ vocabulary, caches: [all, open] })],
    ]
    if (first !== undefined)
      models.push(['first version', first.reading(each.read.map(({ text }) => text))])
    for (const [name, model] of models) {
      const sum = sums.get(name) ?? { lines: 0, halves: 0, blocks: 0, count: 0, ms: 0 }
      await infills(file, model, sum)
      sums.set(name, sum)
    }
  }
  console.log(each.name)
  for (const [name, { lines, halves, blocks, count, ms }] of sums) {
    const [line, half, block] = [lines, halves, blocks].map((part) => percent(part, count))
    const time = `${(ms / 3 / count).toFixed(1)} ms each`
    console.log(
      `  ${name.padEnd(28)} lines ${line}  halves ${half}  three lines ${block}  of ${count}, ${time}`,
    )
  }
}
first?.remove()

console.log('\n## Time and memory\n')
for (const { name, read } of packages) {
  const size = read.reduce((sum, { text }) => sum + text.length, 0) / 1e6
  const startedAt = performance.now()
  const vocabulary = new Vocabulary()
  const texts = new Texts()
  for (const { path, text } of read) texts.put(path, Int32Array.from(vocabulary.learn(text)))
  const ms = performance.now() - startedAt
  const megabytes = texts.history.bytes / 1e6
  console.log(
    `${name}: ${(ms / size).toFixed(0)} ms and ${(megabytes / size).toFixed(0)} MB per MB read`,
  )
}
await measureStart(packages.flatMap(({ read }) => read.map(({ text }) => text)))
