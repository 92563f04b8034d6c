import { randomBytes } from 'node:crypto'
import { env, Uri, ViewColumn, window, workspace, type Webview } from 'vscode'
import { exportCsv, exportJson } from '../../usage/ledger/export.ts'
import { codeOf } from '../../usage/ledger/files.ts'
import type { Ledger } from '../../usage/ledger/ledger.ts'
import type { Row } from '../../usage/ledger/rows.ts'
import { unreadableUsage } from '../phrases.ts'
import type { Translate } from '../translate.ts'
import { usageFigures } from './usageFigures.ts'
import { PAGE_ACTIONS, usagePage, type PageAction } from './usagePage.ts'

/** Shows the usage view. It reads the ledger when it is shown, and again for each of its buttons. */
export async function showUsage(ledger: Ledger, t: Translate): Promise<void> {
  const rows = await rowsOrMessage(ledger, t)
  if (rows === null) return
  const panel = window.createWebviewPanel('infill.usage', t('Infill Usage'), ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [],
  })
  panel.webview.onDidReceiveMessage(async (message: unknown) => {
    const action = PAGE_ACTIONS.find((each) => each === message)
    if (action === undefined) return
    await actions[action](ledger, t)
    render(panel.webview, await ledger.read(), t, action)
  })
  panel.onDidChangeViewState(async () => {
    if (panel.visible) render(panel.webview, await ledger.read(), t)
  })
  render(panel.webview, rows, t)
}

/** `null`: they cannot be read, and a message says why. */
async function rowsOrMessage(ledger: Ledger, t: Translate): Promise<Row[] | null> {
  try {
    return await ledger.read()
  } catch (error) {
    void window.showErrorMessage(`Infill: ${unreadableUsage(codeOf(error), t)}`)
    return null
  }
}

/** Forgets all recorded runs, after the user has confirmed it. */
export async function resetUsage(ledger: Ledger, t: Translate): Promise<void> {
  const reset = t('Reset Usage')
  const chosen = await window.showWarningMessage(
    t('Reset all recorded usage?'),
    {
      modal: true,
      detail: t('Tokens, costs and measurements of all days are deleted. This cannot be undone.'),
    },
    reset,
  )
  if (chosen === reset) await ledger.reset()
}

const actions: Readonly<Record<PageAction, (ledger: Ledger, t: Translate) => Promise<void>>> = {
  refresh: async () => undefined,
  reset: resetUsage,
  exportCsv: async (ledger) => save('csv', exportCsv(await ledger.read())),
  exportJson: async (ledger) => save('json', exportJson(await ledger.read())),
}

async function save(extension: string, content: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const name = `infill-usage.${extension}`
  const uri = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [extension.toUpperCase()]: [extension] },
  })
  if (uri !== undefined) await workspace.fs.writeFile(uri, Buffer.from(content))
}

function render(
  webview: Webview,
  rows: readonly Row[],
  t: Translate,
  focused: PageAction | null = null,
): void {
  const figures = usageFigures(rows, Date.now())
  const nonce = randomBytes(16).toString('base64url')
  webview.html = usagePage(figures, { locale: env.language, nonce, focused, t })
}
