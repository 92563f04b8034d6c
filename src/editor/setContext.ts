import { commands } from 'vscode'

/** Not waited for: no run shall be later for it, and VS Code keeps the order. */
export function setContext(
  key: 'infill.streaming' | 'infill.hasInsertion' | 'infill.hasAlternatives',
  on: boolean,
): void {
  void commands.executeCommand('setContext', key, on)
}
