import { Range, type Position, type TextDocument, type TextEditor } from 'vscode'

// The floor: what an extension of 30 lines does, without settings, keys, servers, filters and undo.

/** Reads the text around a position and sends it. */
export async function bareRequest(
  url: string,
  document: TextDocument,
  { line }: Position,
): Promise<Response> {
  const near = (from: number, to: number): string =>
    document.getText(new Range(Math.max(0, from), 0, Math.max(0, to), 0))
  const body = { model: 'm', prompt: near(line - 150, line), suffix: near(line, line + 50) }
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, max_tokens: 256, stream: true }),
  })
}

/** Writes each response at its cursor: one edit at a time, of all that has arrived. */
export async function bareCompletion(url: string, editor: TextEditor): Promise<void> {
  const pending = editor.selections.map(() => '')
  let isEditing = false
  let edited = Promise.resolve()
  const flush = async (): Promise<void> => {
    isEditing = true
    while (pending.some((text) => text !== '')) {
      const texts = pending.splice(0, pending.length, ...pending.map(() => ''))
      await editor.edit(
        (edit) => {
          for (const [index, { active }] of editor.selections.entries()) {
            edit.insert(active, texts[index] ?? '')
          }
        },
        { undoStopBefore: false, undoStopAfter: false },
      )
    }
    isEditing = false
  }
  const read = async ({ active }: { active: Position }, index: number): Promise<void> => {
    const response = await bareRequest(url, editor.document, active)
    const decoder = new TextDecoder()
    let rest = ''
    for await (const bytes of response.body ?? []) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: {')) {
          pending[index] += String(JSON.parse(line.slice(6)).choices[0]?.text ?? '')
        }
      }
      if (!isEditing) edited = flush()
    }
  }
  await Promise.all(editor.selections.map(read))
  await edited
}
