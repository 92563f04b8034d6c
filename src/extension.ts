import * as vscode from 'vscode'

export function activate(context: vscode.ExtensionContext): void {
  const status = vscode.window.createStatusBarItem('infill.status', vscode.StatusBarAlignment.Right)
  status.text = '$(sparkle) Infill'
  status.show()
  context.subscriptions.push(
    status,
    vscode.commands.registerCommand('infill.complete', async () => {
      const editor = vscode.window.activeTextEditor
      await editor?.edit((edit) => edit.insert(editor.selection.active, 'stub'))
    }),
  )
}
