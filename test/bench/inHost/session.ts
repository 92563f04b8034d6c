import { commands, Selection, window, workspace, type TextEditor } from 'vscode'
import { DONE, STOP, json, stream, text } from '../../support/answers.ts'
import { usedHeap } from '../../support/heap.ts'
import { hold, type Answer } from '../../support/sseServer.ts'
import type { Held } from '../held.ts'
import { closed, opened } from './editors.ts'

/** How a completion of a session ends */
interface Kind {
  answer: Answer
  carets?: number
  /** What the user does while text arrives */
  during?: (editor: TextEditor) => Thenable<unknown>
}

const WHOLE = stream(text(' one'), text(' two'), text(' three'), STOP, DONE)
const ENDLESS = stream(text(' one'), hold)

const KINDS: readonly Kind[] = [
  { answer: WHOLE },
  { answer: WHOLE, carets: 3 },
  { answer: ENDLESS, during: () => commands.executeCommand('infill.cancel') },
  { answer: ENDLESS, during: () => commands.executeCommand('undo') },
  { answer: ENDLESS, during: () => closed() },
  { answer: json({ error: { message: 'broken' } }, 500) },
]

/** Runs completions that end in all ways, each in a document of its own, and says what is held then. */
export async function heldAfter(
  { respond, count }: { respond: (answer: Answer) => void; count: number },
  from = 0,
): Promise<Held> {
  for (let number = from; number < from + count; number++) {
    const kind = KINDS[number % KINDS.length]
    if (kind === undefined) break
    respond(kind.answer)
    await completion(kind)
  }
  // Connections that were left close, and those that were opened ahead wait.
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const resources = process.getActiveResourcesInfo()
  const of = (pattern: RegExp): number => resources.filter((name) => pattern.test(name)).length
  return {
    heap: usedHeap() / 1024 / 1024,
    sockets: of(/TCP|TLS|Pipe/),
    timers: of(/Timeout|Immediate/),
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    documents: workspace.textDocuments.length,
  }
}

async function completion({ carets = 1, during }: Kind): Promise<void> {
  const editor = await opened('const a = 1\n'.repeat(12), carets)
  const { document } = editor
  const run = commands.executeCommand('infill.complete')
  if (during !== undefined) {
    await arrived(document)
    await during(editor)
  }
  await run
  if (window.activeTextEditor?.document === document) {
    editor.selection = new Selection(0, 0, 0, 0)
    await closed()
  }
}

async function arrived(document: TextEditor['document']): Promise<void> {
  while (!document.getText().includes(' one')) {
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
