import { dirname } from 'node:path'
import type { History } from '../../src/builtin/model/history.ts'
import { Vocabulary } from '../../src/builtin/model/vocabulary.ts'
import { Texts } from '../../src/builtin/texts.ts'
import type { SourceFile } from './packages.ts'

/** Sampling that always takes the likeliest token */
export const GREEDY = {
  temperature: 0,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logit_bias: new Map<number, number>(),
}

/** What the model has read of a package, for one held-out file */
export interface Training {
  readonly vocabulary: Vocabulary
  /** All files that are not held out */
  readonly all: History
  /** Up to 8 files in the folder of the held-out one, which count as open */
  readonly open: History
}

export function trainFor(read: readonly SourceFile[], file: SourceFile): Training {
  const vocabulary = new Vocabulary()
  const [all, open] = [new Texts(), new Texts()]
  const siblings = read.filter(({ path }) => dirname(path) === dirname(file.path)).slice(0, 8)
  for (const each of read) {
    const ids = Int32Array.from(vocabulary.learn(each.text))
    all.put(each.path, ids)
    if (siblings.includes(each)) open.put(each.path, ids)
  }
  return { vocabulary, all: all.history, open: open.history }
}
