import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable } from 'vscode'
import type { Progress } from '../usage/progress.ts'
import { statusText, type StatusText } from './statusText.ts'

export interface StatusBar extends Disposable {
  show(progress: Progress): void
  /** The names that the idle state and the tooltip show */
  setEndpoint(endpoint: { label: string; model: string }): void
}

/** How often the seconds of the wait are counted, in ms */
const TICK = 1000

/** The item `infill.status`: what the run is doing, and what it has cost. */
export function createStatusBar(clickCommand: string): StatusBar {
  const item = window.createStatusBarItem('infill.status', StatusBarAlignment.Right, 100)
  item.name = 'Infill'
  item.command = clickCommand
  let progress: Progress = { kind: 'idle' }
  let endpoint = { label: '', model: '' }
  let since = 0
  let clock: NodeJS.Timeout | undefined

  function render(): void {
    const waited = Math.floor((performance.now() - since) / 1000)
    const { text, tooltip, spoken, color }: StatusText = statusText(progress, endpoint, waited)
    item.text = text
    item.tooltip = new MarkdownString(tooltip, true)
    item.accessibilityInformation = { label: spoken }
    item.backgroundColor = color === null ? undefined : new ThemeColor(color)
  }

  render()
  item.show()
  return {
    show(next) {
      if (next.kind === 'waiting') since = performance.now()
      progress = next
      clearInterval(clock)
      clock = next.kind === 'waiting' ? setInterval(render, TICK) : undefined
      render()
    },
    setEndpoint(next) {
      endpoint = next
      render()
    },
    dispose() {
      clearInterval(clock)
      item.dispose()
    },
  }
}
