// The floor: a completion without settings, keys, servers, filters and undo.
const { commands, Range, window } = require('vscode')

async function complete() {
  const editor = window.activeTextEditor
  const { document, selection } = editor
  const { line } = selection.active
  const near = (from, to) => document.getText(new Range(Math.max(0, from), 0, Math.max(0, to), 0))
  const response = await fetch(process.env.INFILL_BENCH_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'm',
      prompt: near(line - 150, line),
      suffix: near(line, line + 50),
      max_tokens: 256,
      stream: true,
    }),
  })
  let pending = ''
  let isEditing = false
  async function flush() {
    isEditing = true
    while (pending !== '') {
      const text = pending
      pending = ''
      await editor.edit((edit) => edit.insert(editor.selection.active, text), {
        undoStopBefore: false,
        undoStopAfter: false,
      })
    }
    isEditing = false
  }
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of response.body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop()
    for (const each of lines) {
      if (each.startsWith('data: {')) pending += JSON.parse(each.slice(6)).choices[0]?.text ?? ''
    }
    if (!isEditing) void flush()
  }
}

exports.activate = ({ subscriptions }) => {
  subscriptions.push(commands.registerCommand('bare.complete', complete))
}
