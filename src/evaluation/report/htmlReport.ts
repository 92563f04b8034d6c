import { html, type Html } from '../../ui/html.ts'
import type { Translate } from '../../ui/translate.ts'
import { changesOf, type Change } from './changes.ts'
import { columns } from './figures.ts'
import { summaries } from './summary.ts'
import type { TaskResult } from '../taskResult.ts'

export interface Report {
  /** Endpoint and model, such as `127.0.0.1:8080 · qwen2.5-coder` */
  readonly title: string
  /** Date, seed and settings, one sentence each */
  readonly notes: readonly string[]
  readonly results: readonly TaskResult[]
}

/** Most differences to show: a page with thousands is slow, and nobody reads it. */
const MOST = 500

/** What the buttons of the page post, where it is shown in VS Code. */
export const REPORT_ACTIONS = ['saveHtml', 'saveJson'] as const
export type ReportAction = (typeof REPORT_ACTIONS)[number]

export interface PageOptions {
  /** A language tag, for screen readers */
  locale: string
  /** For the content security policy */
  nonce: string
  /** Whether it is shown in VS Code, with buttons to save it */
  hasButtons: boolean
  t: Translate
}

/**
 * A page that needs nothing else: without anything from elsewhere, and without scripts but that of its
 * buttons. It uses the colors of VS Code where it is shown there, else those of the browser, light or dark.
 */
export function htmlReport(
  { title, notes, results }: Report,
  { locale, nonce, hasButtons, t }: PageOptions,
): string {
  const shown = columns(t)
  const wrong = results.filter(({ exact }) => !exact)
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'${hasButtons ? `; script-src 'nonce-${nonce}'` : ''}`
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${notes.map((note) => html`<p>${note}</p>`)}
          <div class="scroll" tabindex="0" role="region" aria-label="${t('Figures')}">
            <table>
              <thead>
                <tr>
                  ${shown.map(([name]) => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${summaries(results).map(
                  (summary) =>
                    html`<tr>
                      ${shown.map(([, text], index) => (index === 0 ? html`<th scope="row">${text(summary)}</th>` : html`<td>${text(summary)}</td>`))}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
          ${hasButtons ? buttons(nonce, t) : html``}
          <h2>${t('Differences')}</h2>
          <p class="legend">
            ${t('{shown} of {count} completions that differ from what the author wrote.', { shown: Math.min(MOST, wrong.length), count: wrong.length })}
            <del>${t('missing')}</del> <ins>${t('added')}</ins>
          </p>
          ${wrong.slice(0, MOST).map((result) => difference(result, t))}
        </main>
      </body>
    </html>`.html
}

function buttons(nonce: string, t: Translate): Html {
  return html`<div class="actions">
      <button type="button" data-action="saveHtml">${t('Save as HTML…')}</button>
      <button type="button" data-action="saveJson">${t('Save as JSON…')}</button>
    </div>
    <script nonce="${nonce}">
      ${{ html: SCRIPT }}
    </script>`
}

const SCRIPT = `
const vscode = acquireVsCodeApi()
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => vscode.postMessage(button.dataset.action))
}
`

function difference({ id, expected, text, problem, similarity }: TaskResult, t: Translate): Html {
  const what =
    problem !== null ? t('failed') : text.trim() === '' ? t('empty') : similarity.toFixed(2)
  return html`<details>
    <summary>${id} <span>${what}</span></summary>
    <pre>${changesOf(expected.trimEnd(), text.trimEnd()).map(part)}</pre>
  </details>`
}

function part({ kind, text }: Change): Html {
  if (kind === 'same') return html`${text}`
  return kind === 'missing' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`
}

/** Added and missing text differ by underline and strike-through, not by color alone. */
const STYLE = `
:root { color-scheme: light dark; }
body { font: var(--vscode-font-size, 14px) var(--vscode-font-family, system-ui, sans-serif); line-height: 1.4;
  color: var(--vscode-foreground, CanvasText); background: var(--vscode-editor-background, Canvas);
  max-width: 1100px; margin: 0 auto; padding: 0 24px 24px; }
h1 { font-size: 1.6em; font-weight: 600; margin: 16px 0; } h2 { font-size: 1.2em; margin: 28px 0 8px; }
p { margin: 4px 0; } .legend { margin-bottom: 12px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
button { font: inherit; padding: 4px 12px; border-radius: 2px; cursor: pointer;
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); }
button:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 1px solid var(--vscode-focusBorder, Highlight); outline-offset: 2px; }
.scroll { overflow: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 12px 0; }
th, td { text-align: right; padding: 4px 8px; border-bottom: 1px solid var(--vscode-panel-border, GrayText); white-space: nowrap; }
th { font-weight: 600; white-space: normal; } tbody th { font-weight: 400; white-space: nowrap; } th:first-child { text-align: left; }
details { border-bottom: 1px solid var(--vscode-panel-border, GrayText); padding: 4px 0; }
summary { cursor: pointer; overflow-wrap: anywhere; } summary span { float: right; }
pre { font-family: var(--vscode-editor-font-family, monospace); white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0; }
ins { background: var(--vscode-diffEditor-insertedTextBackground, rgb(0 110 200 / 25%)); text-decoration: underline; }
del { background: var(--vscode-diffEditor-removedTextBackground, rgb(200 110 0 / 25%)); text-decoration: line-through; }
`
