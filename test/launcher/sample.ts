import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A copy of the sample workspace, and the position of the missing code */
export type Sample = {
  folder: string
  file: string
  before: string
  after: string
  line: number
  column: number
  remove: () => Promise<void>
}

/** Marks the cursor position in the sample. The copy does not contain it. */
export const cursorMark = '‸'

export async function copySample(): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'infill-sample-'))
  await cp(fileURLToPath(new URL('sample', import.meta.url)), folder, { recursive: true })
  const file = 'shipments.py'
  const marked = await readFile(join(folder, file), 'utf8')
  const [before, after] = marked.split(cursorMark)
  if (before === undefined || after === undefined) throw new Error(`${file} has no ${cursorMark}`)
  await writeFile(join(folder, file), before + after)
  const lines = before.split('\n')
  return {
    folder,
    file,
    before,
    after,
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
