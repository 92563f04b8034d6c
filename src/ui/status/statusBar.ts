import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable } from 'vscode'
import type { CommandId } from '../../commands.ts'
import type { ConfiguredEndpoint } from '../../settings/vscode/configuration.ts'
import type { Progress } from '../../usage/progress.ts'
import type { Translate } from '../translate.ts'
import { statusText, type StatusText } from './statusText.ts'

export interface StatusBar extends Disposable {
  show(progress: Progress): void
  /** Sets the names that the idle state and the tooltip show. */
  setEndpoint(endpoint: ConfiguredEndpoint): void
}

/** The interval at which the waiting time is updated, in ms */
const TICK = 1000

/** How long a result is shown, in ms. Then the item shows the endpoint again. */
const RESULT_TIME = 60_000

/** What gives way to the ready state */
const RESULTS: readonly Progress['kind'][] = ['done', 'swapped', 'failed']

/** The status bar item `infill.status`: the state of the run and its tokens. */
export function createStatusBar(clickCommand: CommandId, t: Translate): StatusBar {
  const item = window.createStatusBarItem('infill.status', StatusBarAlignment.Right, 100)
  item.name = 'Infill'
  item.command = clickCommand
  let progress: Progress = { kind: 'idle' }
  let endpoint: ConfiguredEndpoint = {
    label: '',
    model: '',
    profile: '',
    isChat: false,
    machine: null,
  }
  let since = 0
  let detailsOf: (() => string[]) | undefined
  let clock: NodeJS.Timeout | undefined
  let end: NodeJS.Timeout | undefined

  function render(): void {
    const waited = Math.floor((performance.now() - since) / 1000)
    const { text, tooltip, isMarkdown, spoken, color }: StatusText = statusText(
      progress,
      endpoint,
      waited,
      t,
      detailsOf?.(),
    )
    item.text = text
    item.tooltip = isMarkdown ? new MarkdownString(tooltip, true) : tooltip
    item.accessibilityInformation = { label: spoken }
    item.backgroundColor = color === null ? undefined : new ThemeColor(color)
  }

  /** The details are not loaded before there is a run. */
  async function loadDetails(): Promise<void> {
    const { statusDetails } = await import('./statusDetails.ts')
    detailsOf = () => statusDetails(progress, t)
    render()
  }

  function showReady(): void {
    progress = { kind: 'idle' }
    render()
  }

  render()
  item.show()
  return {
    show(next) {
      if (next.kind === 'waiting') since = performance.now()
      progress = next
      if (next.kind !== 'idle' && detailsOf === undefined) void loadDetails()
      clearInterval(clock)
      clearTimeout(end)
      clock = next.kind === 'waiting' ? setInterval(render, TICK) : undefined
      end = RESULTS.includes(next.kind) ? setTimeout(showReady, RESULT_TIME) : undefined
      render()
    },
    setEndpoint(next) {
      endpoint = next
      render()
    },
    dispose() {
      clearInterval(clock)
      clearTimeout(end)
      item.dispose()
    },
  }
}
