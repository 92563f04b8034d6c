// Measures the model of the built-in endpoint: npm run bench -- model
//
// It reads real packages in the versions of the lockfile, and predicts the files that it has not read:
// every tenth of each package. Times depend on the machine, the other figures do not.
import { History } from '../../src/builtin/model/history.ts'
import { generateTokens, taskOf, type Knowledge } from '../../src/builtin/model/task.ts'
import { frequencies, predict } from '../../src/builtin/model/predict.ts'
import { likeliest, randomFrom } from '../../src/builtin/model/sample.ts'
import { Texts } from '../../src/builtin/texts.ts'
import { decode, END_OF_TEXT, Vocabulary } from '../../src/builtin/model/vocabulary.ts'
import { firstVersion, type Completer } from './firstVersion.ts'
import { infillsOf } from './infills.ts'
import { packageOf, type Package, type SourceFile } from './packages.ts'
import { RULES } from '../../src/settings/settings.ts'
import { commentsOf, linesOf, speakingOf, type Speaking } from './speaking.ts'
import { measureStart } from './start.ts'
import { GREEDY, trainFor, type Training } from './training.ts'
import { Trigrams } from './trigrams.ts'

const PACKAGES = [packageOf('undici', 'lib'), packageOf('mocha', 'lib'), packageOf('openai', 'src')]
/** Maximum number of predicted characters per held-out file */
const MAX_CHARACTERS = 12_000

interface Figures {
  tokens: number
  /** Tokens for which the likeliest prediction was correct */
  correct: number
  /** Sum of the negative log2 probabilities */
  bits: number
}

/**
 * Predicts each token of a text from those before it. A new token is predicted as its bytes.
 * @param own the cache of the text itself, if it is used
 */
function predictText(
  training: Training,
  text: string,
  caches: readonly History[],
  own: History | undefined,
  figures: Figures,
): void {
  const { vocabulary } = training
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

/** @param newText text of a token that is not in the vocabulary, else undefined */
function score(figures: Figures, id: number, newText: string | undefined, p: Float64Array): void {
  figures.tokens++
  if (newText === undefined) {
    figures.bits -= Math.log2(p[id] ?? 0)
    if (likeliest(p, 1)[0] === id) figures.correct++
    return
  }
  const bytes = p.subarray(0, END_OF_TEXT).reduce((sum, each) => sum + each, 0)
  figures.bits += 8 * Buffer.byteLength(newText) - Math.log2(bytes)
}

const ROWS = ['plain trigrams', 'workspace', 'workspace, file', 'workspace, open files, file']

function predictions({ read, heldOut }: Package): Map<string, Figures> {
  const figures = new Map(ROWS.map((row) => [row, { tokens: 0, correct: 0, bits: 0 }]))
  for (const file of heldOut) {
    const text = file.text.slice(0, MAX_CHARACTERS)
    for (const [row, total] of figures) {
      // Each row has its own vocabulary, so that no row contains new tokens of the one before.
      const training = trainFor(read, file)
      if (row === 'plain trigrams') predictWithTrigrams(read, training, text, total)
      else if (row === 'workspace') predictText(training, text, [training.all], undefined, total)
      else if (row === 'workspace, file')
        predictText(training, text, [training.all], new History(), total)
      else predictText(training, text, [training.all, training.open], new History(), total)
    }
  }
  return figures
}

function predictWithTrigrams(
  read: readonly SourceFile[],
  { vocabulary, all }: Training,
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
    const newText = id >= known ? decode(vocabulary, [id]) : undefined
    score(figures, id, newText, model.predict(ids, at, base))
  }
}

/** Completes as the endpoint does at temperature 0. */
function completer(knowledge: Knowledge): Completer {
  return async (prompt, suffix, max_tokens) => {
    let text = ''
    let left = max_tokens
    for (const token of generateTokens(
      taskOf(knowledge, prompt, suffix),
      GREEDY,
      randomFrom(1),
      0,
    )) {
      text += token.text
      if (--left === 0) break
    }
    return text
  }
}

interface InfillFigures {
  /** Exactly filled gaps of each kind */
  lines: number
  halves: number
  blocks: number
  /** Gaps of each kind */
  count: number
  ms: number
}

/** Counts exactly filled gaps: whole lines, second halves of lines, and three lines. */
async function measureInfills(
  file: SourceFile,
  complete: Completer,
  sum: InfillFigures,
): Promise<void> {
  const startedAt = performance.now()
  const isExact = async (prompt: string, text: string, suffix: string): Promise<number> => {
    // Only the text near the cursor is sent, as in the editor.
    const completion = await complete(prompt.slice(-9000), suffix.slice(0, 3000), 128)
    return completion.trim() === text.trim() ? 1 : 0
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

console.log('## Next token: first guess correct, and bits per token\n')
for (const each of PACKAGES) {
  const size = each.read.reduce((sum, { text }) => sum + text.length, 0) / 1e6
  console.log(
    `${each.name}: ${each.read.length} files, ${size.toFixed(2)} MB read, ${each.heldOut.length} held out`,
  )
  for (const [row, { tokens, correct, bits }] of predictions(each)) {
    console.log(
      `  ${row.padEnd(28)} ${percent(correct, tokens)}  ${(bits / tokens).toFixed(2)} bits`,
    )
  }
}

console.log('\n## Exactly filled: one line, second half of a line, three lines\n')
const first = await firstVersion()
if (first === undefined)
  console.log(
    '(The history of this clone does not contain the first version, so its row is missing.)',
  )
for (const each of PACKAGES) {
  const sums = new Map<string, InfillFigures>()
  for (const file of each.heldOut) {
    const { vocabulary, all, open } = trainFor(each.read, file)
    const models: [string, Completer][] = [
      ['workspace, file', completer({ vocabulary, caches: [all] })],
      ['workspace, open files, file', completer({ vocabulary, caches: [all, open] })],
    ]
    if (first !== undefined)
      models.push(['first version', first.withTexts(each.read.map(({ text }) => text))])
    for (const [name, model] of models) {
      const sum = sums.get(name) ?? { lines: 0, halves: 0, blocks: 0, count: 0, ms: 0 }
      await measureInfills(file, model, sum)
      sums.set(name, sum)
    }
  }
  console.log(each.name)
  for (const [name, { lines, halves, blocks, count, ms }] of sums) {
    const [line, half, block] = [lines, halves, blocks].map((part) => percent(part, count))
    const time = `${(ms / 3 / count).toFixed(1)} ms per gap`
    console.log(
      `  ${name.padEnd(28)} lines ${line}  halves ${half}  three lines ${block}  of ${count}, ${time}`,
    )
  }
}
first?.remove()

console.log('\n## When it speaks: lines and second halves of lines, then comments\n')
const CONFIDENCE = RULES['builtin.confidence'].default
const kinds = { lines: linesOf, comments: commentsOf }
for (const [kind, placesOf] of Object.entries(kinds)) {
  for (const confidence of [0, CONFIDENCE]) {
    const each = PACKAGES.map((pack) => speakingOf(pack, (text) => placesOf(text, 20), confidence))
    const total = (figure: keyof Speaking): number =>
      each.reduce((sum, one) => sum + one[figure], 0)
    const [count, spoke, right, exact] = [
      total('count'),
      total('spoke'),
      total('right'),
      total('exact'),
    ]
    console.log(
      `${kind}, confidence ${confidence}: speaks in ${percent(spoke, count)} of ${count}, ` +
        `right in ${percent(right, spoke)} of these, exact in ${exact}`,
    )
    if (kind === 'lines' && confidence === CONFIDENCE && right < 0.7 * spoke) {
      console.error('MISSED: right in at least 70 % of the places where it speaks')
      process.exitCode = 1
    }
  }
}

console.log('\n## Time and memory\n')
for (const { name, read } of PACKAGES) {
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
await measureStart(PACKAGES.flatMap(({ read }) => read.map(({ text }) => text)))
