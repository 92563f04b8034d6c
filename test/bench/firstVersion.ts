import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The last commit with the first version of the endpoint, which copied what followed the longest match */
const COMMIT = '2505c81'

/** Returns a completion at temperature 0. */
export type Completer = (prompt: string, suffix: string, max_tokens: number) => Promise<string>

export interface FirstVersion {
  /** Creates a model that has read these texts. */
  withTexts(texts: readonly string[]): Completer
  /** Deletes the temporary files. */
  remove(): void
}

/** The parts of its modules that are used here */
interface Keys {
  keysOf: (text: string) => object
}
interface Model {
  workspaceModel: (corpus: { ready(): Promise<void>; sources(): Iterable<object> }) => {
    complete(input: object): AsyncIterable<{ text: string }>
  }
}

/** Loads the first version from the history of this repository. Undefined in a shallow clone. */
export async function firstVersion(): Promise<FirstVersion | undefined> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'infill-first-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const archive = execFileSync('git', ['archive', COMMIT, 'src/builtin'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    execFileSync('tar', ['x', '-C', folder], { input: archive })
  } catch {
    remove()
    return undefined
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const load = async <T>(name: string): Promise<T> =>
    import(pathToFileURL(join(folder, 'src/builtin', name)).href)
  const { keysOf } = await load<Keys>('keys.ts')
  const { workspaceModel } = await load<Model>('workspaceModel.ts')
  return {
    remove,
    withTexts(texts) {
      const sources = texts.map((text) => ({ text, keys: keysOf(text) }))
      const model = workspaceModel({ ready: async () => undefined, sources: () => sources })
      const { signal } = new AbortController()
      return async (prompt, suffix, max_tokens) => {
        let text = ''
        for await (const piece of model.complete({ prompt, suffix, max_tokens, signal }))
          text += piece.text
        return text
      }
    },
  }
}
