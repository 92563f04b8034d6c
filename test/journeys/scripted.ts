import { type Editor, openEditor } from '../launcher/open.ts'
import type { Settings } from '../launcher/profile.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile } from '../launcher/user.ts'
import { type Answer, type ScriptedServer, startServer } from '../support/sseServer.ts'

export interface Scripted {
  sample: Sample
  editor: Editor
  server: ScriptedServer
  close: () => Promise<void>
}

/**
 * Opens an editor with the cursor at the gap of the sample, and a scripted server as its endpoint.
 */
export async function openScripted(
  answer: () => Answer,
  settings: Settings = {},
): Promise<Scripted> {
  const sample = await copySample()
  const server = await startServer(answer)
  let editor: Editor | undefined
  const close = async () => {
    await editor?.close()
    await server.close()
    await sample.remove()
  }
  try {
    editor = await openEditor({
      workspace: sample.folder,
      settings: {
        'infill.endpoint': server.url.href,
        'infill.server': 'openai',
        'infill.model': 'tiny',
        'infill.suffix': 'field',
        ...settings,
      },
    })
    await openFile(editor, sample.file, sample)
    return { sample, editor, server, close }
  } catch (error) {
    await close()
    throw error
  }
}
