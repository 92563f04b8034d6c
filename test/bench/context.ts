// Measures what parts of other files are worth, and what they leave of a prefix cache: npm run bench -- context
//
// The gaps are calls of what another file defines, in real packages in the versions of the lockfile. The copying
// model is a script that copies from its prompt, so it shows what arrives. No time is measured.
import { gapsOf } from '../../src/evaluation/gaps.ts'
import { openBeside } from '../../src/evaluation/otherFiles.ts'
import type { Task } from '../../src/evaluation/task.ts'
import { randomFrom } from '../../src/builtin/model/sample.ts'
import { generateTokens, taskOf } from '../../src/builtin/model/task.ts'
import { Vocabulary } from '../../src/builtin/model/vocabulary.ts'
import { Texts } from '../../src/builtin/texts.ts'
import { windowsOf } from '../../src/infill/project/windows.ts'
import { packageOf, type SourceFile } from './packages.ts'
import { GREEDY } from './training.ts'
import { promptAt, reusedShare, snippetsIn } from './projectSession.ts'

const PACKAGES = [packageOf('undici', 'lib'), packageOf('mocha', 'lib'), packageOf('openai', 'src')]
/** Gaps of each package */
const MOST = 60
/** Copies the rest of the line from the place in the prompt that has the longest same text before it. */
function copyFrom(prompt: string): string {
  for (let length = Math.min(60, prompt.length); length >= 4; length--) {
    const found = prompt.lastIndexOf(prompt.slice(-length), prompt.length - length - 1)
    if (found !== -1) return prompt.slice(found + length).split('\n', 1)[0] ?? ''
  }
  return ''
}

function copied({ before, after, path }: Task, open: readonly SourceFile[]): string {
  const candidates = open.map((file) => ({ path: file.path, windows: windowsOf(file.text) }))
  const line = before.split('\n').length - 1
  const snippets = snippetsIn(before + after, line, candidates, [])
  const prompt = promptAt(before, after, path, snippets)
  return copyFrom(prompt.slice(0, prompt.indexOf('<|fim_suffix|>')))
}

function builtin({ before, after }: Task, open: readonly SourceFile[]): string {
  const vocabulary = new Vocabulary()
  const texts = new Texts()
  for (const { path, text } of open) texts.put(path, Int32Array.from(vocabulary.learn(text)))
  const task = taskOf(
    { vocabulary, caches: [texts.history] },
    before.slice(-9000),
    after.slice(0, 3000),
  )
  let text = ''
  for (const token of generateTokens(task, GREEDY, randomFrom(1), 0)) {
    text += token.text
    if (text.length > 300) break
  }
  return text
}

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`
const MODELS = { 'copying model': copied, 'built-in endpoint': builtin }

console.log('## Calls of what another file defines: exact without and with other files\n')
for (const { name, read, heldOut } of PACKAGES) {
  const all = [...read, ...heldOut]
  const sources = all.map(({ path, text }) => ({ path, text, language: 'typescript' }))
  const gaps = await gapsOf(sources, { seed: 1, count: 4 * MOST })
  const tasks = gaps.filter(({ group }) => group === 'call')
  for (const [model, complete] of Object.entries(MODELS)) {
    const count = (open: (path: string) => SourceFile[]): number =>
      tasks.filter((task) => complete(task, open(task.path)).trim() === task.expected.trim()).length
    const without = count(() => [])
    const found = count((path) => openBeside(path, all))
    console.log(
      `${name}, ${model}: ${percent(without, tasks.length)} → ${percent(found, tasks.length)} of ${tasks.length}`,
    )
    if (model === 'copying model' && found <= without) {
      console.error('MISSED: other files are worth nothing')
      process.exitCode = 1
    }
  }
}

console.log('\n## Prompts of 50 completions: the share that is the beginning of the one before\n')
for (const { name, read, heldOut } of PACKAGES) {
  const all = [...read, ...heldOut]
  const shares = heldOut
    .slice(0, 5)
    .flatMap((file, index) => [
      [reusedShare(file, [], index), reusedShare(file, openBeside(file.path, all), index)] as const,
    ])
  const mean = (side: 0 | 1): number =>
    shares.reduce((sum, pair) => sum + pair[side], 0) / shares.length
  console.log(
    `${name}: ${percent(mean(0), 1)} without other files, ${percent(mean(1), 1)} with them`,
  )
  if (mean(1) < 0.8) {
    console.error('MISSED: at least 80 %')
    process.exitCode = 1
  }
}
