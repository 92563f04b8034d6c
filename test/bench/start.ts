import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBuiltin } from '../../src/builtin/start.ts'
import { root as clone } from '../launcher/paths.ts'
import { run } from '../launcher/run.ts'

/** The bundle, as the extension starts it */
const SCRIPT = join(clone, 'dist', 'builtin.js')

/**
 * Measures a workspace of 1,000 files: the time from the start to the end of the first completion, and
 * from later requests to their first token.
 */
export async function measureStart(texts: readonly string[]): Promise<void> {
  await run(process.execPath, ['esbuild.js', '--production'], { cwd: clone, timeout: 120_000 })
  const root = await mkdtemp(join(tmpdir(), 'infill-start-'))
  try {
    let size = 0
    for (let at = 0; at < 1000; at++) {
      const folder = join(root, `d${at % 40}`)
      const text = (texts[at % texts.length] ?? '').slice(0, 12_000)
      size += text.length
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, `${at}.js`), text)
    }
    const startedAt = performance.now()
    const builtin = await startBuiltin({ script: SCRIPT, workspace: { roots: [root] } })
    const listening = performance.now() - startedAt
    const prompt = (texts[3] ?? '').slice(0, 6000)
    const timeToFirstToken = async (length: number): Promise<number> => {
      const at = performance.now()
      const response = await fetch(`${builtin.url}/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${builtin.token}` },
        body: JSON.stringify({
          prompt: prompt.slice(0, length),
          suffix: '\n}\n',
          max_tokens: 64,
          stream: true,
          temperature: 0.2,
        }),
      })
      const reader = response.body?.getReader()
      await reader?.read()
      const time = performance.now() - at
      for (let part = await reader?.read(); part && !part.done;) part = await reader?.read()
      return time
    }
    await timeToFirstToken(3000)
    const first = performance.now() - startedAt
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const later: number[] = []
    for (let round = 0; round < 40; round++) {
      later.push(await timeToFirstToken(3000 + round * 50))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    later.sort((a, b) => a - b)
    await builtin.dispose()
    console.log(
      `1,000 files, ${(size / 1e6).toFixed(1)} MB: listening after ${listening.toFixed(0)} ms, first completion finished after ${first.toFixed(0)} ms`,
    )
    console.log(
      `later requests: first token after ${later[20]?.toFixed(0)} ms (median), ${later[38]?.toFixed(0)} ms (95 %)`,
    )
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
