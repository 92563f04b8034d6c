import { keysOf } from '../../../src/builtin/keys.ts'
import type { Piece } from '../../../src/builtin/model.ts'
import { workspaceModel } from '../../../src/builtin/workspaceModel.ts'
import { marked } from './marked.ts'

/** A file of the workspace. */
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

/** Runs the model at the caret mark `|`, in a workspace of these files. */
export async function run(
  text: string,
  files: readonly string[],
  max_tokens = 400,
): Promise<Piece[]> {
  const sources = files.map((file) => ({ text: file, keys: keysOf(file) }))
  const model = workspaceModel({ ready: async () => undefined, sources: () => sources })
  const { signal } = new AbortController()
  const pieces: Piece[] = []
  for await (const piece of model.complete({ ...marked(text), max_tokens, signal })) {
    pieces.push(piece)
  }
  return pieces
}

export async function complete(text: string, files: readonly string[] = [config]): Promise<string> {
  return (await run(text, files)).map((piece) => piece.text).join('')
}
