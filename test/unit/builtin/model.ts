import {
  generateTokens,
  taskOf,
  type Knowledge,
  type ScoredToken,
} from '../../../src/builtin/model/task.ts'
import { randomFrom, type Sampling } from '../../../src/builtin/model/sample.ts'
import { Texts } from '../../../src/builtin/texts.ts'
import { Vocabulary } from '../../../src/builtin/model/vocabulary.ts'
import { marked } from './marked.ts'

/** A JavaScript file of the workspace */
export const config = `import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function loadConfig(root) {
  const path = join(root, 'config.json')
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') {
      return {}
    } else {
      throw error
    }
  }
}

export function area(width, height) {
  return width * height
}
`

export const python = `def total(items):
    result = 0
    for item in items:
        result += item.price

    return result


def main():
    print(total([]))
`

/** Always takes the likeliest token. */
export const greedy: Sampling = {
  temperature: 0,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logit_bias: new Map(),
}

/** The knowledge of a model that has read these files */
export function knowledgeOf(files: readonly string[]): Knowledge {
  const vocabulary = new Vocabulary()
  const texts = new Texts()
  for (const [at, file] of files.entries())
    texts.put(String(at), Int32Array.from(vocabulary.learn(file)))
  return { vocabulary, caches: [texts.history] }
}

/** The first tokens of a completion, at most `count` */
export function firstOf(count: number, tokens: Iterable<ScoredToken>): ScoredToken[] {
  const first: ScoredToken[] = []
  for (const token of tokens) if (first.push(token) === count) break
  return first
}

/** Runs the model at the cursor mark `|`, in a workspace with these files. */
export function run(text: string, files: readonly string[], max_tokens = 400): ScoredToken[] {
  const { prompt, suffix } = marked(text)
  const task = taskOf(knowledgeOf(files), prompt, suffix)
  return firstOf(max_tokens, generateTokens(task, greedy, randomFrom(1), 0))
}

export function complete(text: string, files: readonly string[] = [config]): string {
  return run(text, files)
    .map((token) => token.text)
    .join('')
}
