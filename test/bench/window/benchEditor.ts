import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AnyEditor } from '../../launcher/choose.ts'
import { openEditor, type Editor } from '../../launcher/open.ts'
import { root } from '../../launcher/paths.ts'

export interface BenchEditorOptions {
  chosen: AnyEditor
  /** Files of the workspace */
  files: Readonly<Record<string, string>>
  /** Base URL of the endpoint */
  endpoint: string
  /** Variables for the extensions of the bench */
  env: NodeJS.ProcessEnv
  /** Whether VS Code activates Infill; else somebody has to call `activate` */
  isActivated?: boolean
}

/** Opens an editor with Infill, a bare extension that does no more than the floor, and the probe. */
export async function openBenchEditor(options: BenchEditorOptions): Promise<Editor> {
  const { chosen, files, endpoint, env, isActivated = true } = options
  const folder = await mkdtemp(join(tmpdir(), 'infill-bench-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const workspace = join(folder, 'workspace')
    await mkdir(workspace)
    for (const [name, text] of Object.entries(files)) await writeFile(join(workspace, name), text)
    const extension = join(folder, 'extensions')
    await cp(fileURLToPath(new URL('extensions', import.meta.url)), extension, { recursive: true })
    await copyInfill(join(extension, 'infill'), isActivated)
    const settings = {
      'infill.endpoint': endpoint,
      'infill.server': 'openai',
      'infill.model': 'm',
      'infill.suffix': 'field',
      // In MB: VS Code asks before it opens a larger file.
      'workbench.editorLargeFileConfirmation': 100,
    }
    const editor = await openEditor({ workspace, extension, settings, env }, chosen)
    const close = async () => {
      await editor.close()
      await remove()
    }
    return { ...editor, close }
  } catch (error) {
    await remove()
    throw error
  }
}

async function copyInfill(to: string, isActivated: boolean): Promise<void> {
  for (const part of ['dist', 'media'])
    await cp(join(root, part), join(to, part), { recursive: true })
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  if (!isActivated) manifest.activationEvents = []
  await writeFile(join(to, 'package.json'), JSON.stringify(manifest))
}
