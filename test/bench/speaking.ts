import { randomFrom } from '../../src/builtin/model/sample.ts'
import { confidentTokens, taskOf, type Knowledge } from '../../src/builtin/model/task.ts'
import { infillsOf } from './infills.ts'
import type { Package } from './packages.ts'
import { GREEDY, trainFor, type Training } from './training.ts'

/** When the built-in model speaks, and whether it is right */
export interface Speaking {
  /** Places */
  readonly count: number
  /** Where it says something */
  readonly spoke: number
  /** Where its first line is what the author wrote, or a beginning of it */
  readonly right: number
  /** Where all of the gap is what the author wrote */
  readonly exact: number
}

interface Place {
  readonly before: string
  readonly text: string
  readonly after: string
}

/** Lines and second halves of lines */
export function linesOf(text: string, most: number): Place[] {
  return infillsOf(text, most).flatMap(({ before, line, half, after }) => [
    { before, text: line, after },
    { before: before + half, text: line.slice(half.length), after },
  ])
}

/** What follows the first word of comments */
export function commentsOf(text: string, most: number): Place[] {
  const lines = text.split('\n')
  const found = lines.flatMap((line, at) => {
    const [start] = /^\s*(\/\/|\*)\s*\w+\s/.exec(line) ?? []
    if (start === undefined || !/^\s*(\/\/|\*)\s*\w.*\w{3}/.test(line)) return []
    const before = `${lines.slice(0, at).join('\n')}\n${start}`
    return [
      { before, text: line.slice(start.length), after: `\n${lines.slice(at + 1).join('\n')}` },
    ]
  })
  return found.slice(0, most)
}

/** Measures the held-out files of a package. */
export function speakingOf(
  { read, heldOut }: Package,
  places: (text: string) => readonly Place[],
  confidence: number,
): Speaking {
  let [count, spoke, right, exact] = [0, 0, 0, 0]
  for (const file of heldOut) {
    const knowledge = knowledgeOf(trainFor(read, file))
    for (const { before, text, after } of places(file.text)) {
      const completion = complete(knowledge, before, after, confidence)
      count++
      if (completion.trim() === '') continue
      spoke++
      const [line = ''] = completion.split('\n', 1)
      if (line.trim() !== '' && text.startsWith(line.trimEnd())) right++
      if (completion.trim() === text.trim()) exact++
    }
  }
  return { count, spoke, right, exact }
}

function knowledgeOf({ vocabulary, all, open }: Training): Knowledge {
  return { vocabulary, caches: [all, open] }
}

function complete(knowledge: Knowledge, before: string, after: string, confidence: number): string {
  // Only the text near the cursor is sent, as in the editor.
  const task = taskOf(knowledge, before.slice(-9000), after.slice(0, 3000))
  let text = ''
  let left = 128
  for (const token of confidentTokens(task, GREEDY, randomFrom(1), 0, confidence)) {
    text += token.text
    if (--left === 0) break
  }
  return text
}
