import { KEPT_WHEN } from '../../usage/ledger/entry.ts'
import { percentile } from '../../usage/ledger/latency.ts'
import type { Kept, Row } from '../../usage/ledger/rows.ts'
import type { Translate } from '../translate.ts'
import { dollars } from './dollars.ts'
import { html, type Html } from '../html.ts'
import { modelName, usageChart } from './usageChart.ts'
import { CHART_DAYS, tokensOf, type UsageFigures } from './usageFigures.ts'
import { STYLE } from './usageStyle.ts'

export interface UsagePageOptions {
  /** A language tag, for numbers and for screen readers */
  locale: string
  /** For the content security policy; new for each page */
  nonce: string
  /** The button that was pressed last: it keeps the focus when the page is replaced. */
  focused: PageAction | null
  t: Translate
}

/** What the buttons of the page post. */
export const PAGE_ACTIONS = ['exportCsv', 'exportJson', 'refresh', 'reset'] as const

export type PageAction = (typeof PAGE_ACTIONS)[number]

/** The page of the usage view. Names come from servers, so everything is escaped. */
export function usagePage(
  figures: UsageFigures,
  { locale, nonce, focused, t }: UsagePageOptions,
): string {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const figure = (value: number): string => numbers.format(value)
  const isEmpty = figures.all.runs === 0
  const title = t('Infill Usage')
  const sections = isEmpty
    ? html`<p>${t('No completions yet.')}</p>`
    : html`${cards(figures, figure, t)}
        <h2>${t('Tokens per day')}</h2>
        <p>
          ${t('Prompt and completion tokens of the last {count} days, by model.', { count: CHART_DAYS })}
        </p>
        ${usageChart(figures, figure, t)} ${periodTable(figures.byPeriod, figure, t)}
        <h2>${t('Time to first token')}</h2>
        ${latencyTable(figures.byModel, figure, t)}
        <h2>${t('Kept text')}</h2>
        <p>
          ${t('How much of the inserted text is still there. It is measured on this computer, and nothing of it is sent.')}
        </p>
        ${keptTable(figures.byLanguage, figure, t)}`
  const buttons = [
    button('refresh', t('Refresh'), focused),
    button('exportCsv', t('Export as CSV…'), focused),
    button('exportJson', t('Export as JSON…'), focused),
    button('reset', t('Reset…'), focused),
  ]
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${sections}
          <div class="actions">${buttons}</div>
        </main>
        <script nonce="${nonce}">
          ${{ html: SCRIPT }}
        </script>
      </body>
    </html>`.html
}

const SCRIPT = `
const vscode = acquireVsCodeApi()
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => vscode.postMessage(button.dataset.action))
}
`

function button(action: PageAction, label: string, focused: PageAction | null): Html {
  const focus = action === focused ? html`autofocus` : html``
  return html`<button type="button" data-action="${action}" ${focus}>${label}</button>`
}

type Figure = (value: number) => string

function cards({ today, month, all }: UsageFigures, figure: Figure, t: Translate): Html {
  const card = (name: string, row: Row): Html =>
    html`<section class="card" aria-label="${name}">
      <h3>${name}</h3>
      <strong>${t('{count} tokens', { count: marked(figure(tokensOf(row)), row) })}</strong>
      <p>
        ${t('{prompt} → {completion} tokens', { prompt: marked(figure(row.prompt_tokens), row), completion: marked(figure(row.completion_tokens), row) })}
      </p>
      <p>
        ${t('{runs} completions, {inserted} characters', { runs: figure(row.runs), inserted: figure(row.inserted) })}
      </p>
      <p>${costOf(row) === '–' ? t('No price set') : costOf(row)}</p>
    </section>`
  return html`<div class="cards">
    ${card(t('Today'), today)}${card(t('This month'), month)}${card(t('In all'), all)}
  </div>`
}

function periodTable(rows: readonly Row[], figure: Figure, t: Translate): Html {
  const names = [t('Runs'), t('Prompt'), t('Cached'), t('Completion'), t('Cost')]
  return table(
    t('By day and model'),
    [t('Day'), t('Model'), t('Endpoint')],
    names,
    rows,
    (row) => ({
      names: [row.period, modelName(row.model, t), row.endpoint],
      values: [
        figure(row.runs),
        marked(figure(row.prompt_tokens), row),
        figure(row.cached_tokens),
        marked(figure(row.completion_tokens), row),
        costOf(row),
      ],
    }),
  )
}

function latencyTable(rows: readonly Row[], figure: Figure, t: Translate): Html {
  const ms = (value: number | null): string =>
    value === null ? '–' : t('{count} ms', { count: figure(value) })
  const names = [t('Median'), t('95 % are faster than'), t('Cancelled'), t('Failed')]
  return table(t('By model'), [t('Model'), t('Endpoint')], names, rows, (row) => ({
    names: [modelName(row.model, t), row.endpoint],
    values: [
      ms(percentile(row.firstToken, 0.5)),
      ms(percentile(row.firstToken, 0.95)),
      figure(row.cancelled),
      figure(row.failed),
    ],
  }))
}

function keptTable(rows: readonly Row[], figure: Figure, t: Translate): Html {
  const share = ({ inserted, kept }: Kept): string =>
    inserted === 0 ? '–' : t('{percent} %', { percent: figure((100 * kept) / inserted) })
  const names = [t('After 30 s'), t('After 2 min'), t('At the next save')]
  return table(t('By model and language'), [t('Model'), t('Language')], names, rows, (row) => ({
    names: [modelName(row.model, t), row.language],
    values: KEPT_WHEN.map((when) => share(row.kept[when])),
  }))
}

interface Line {
  names: readonly string[]
  values: readonly string[]
}

/** A table that scrolls, also by keyboard */
function table(
  caption: string,
  names: readonly string[],
  values: readonly string[],
  rows: readonly Row[],
  lineOf: (row: Row) => Line,
): Html {
  const lines = rows.map((row) => {
    const { names: own, values: figures } = lineOf(row)
    return html`<tr>
      ${own.map((name) => html`<th scope="row" class="text">${name}</th>`)}
      ${figures.map((value) => html`<td>${value}</td>`)}
    </tr>`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col" class="text">${name}</th>`)}
          ${values.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`
}

/** Sums with an estimate in them are estimates. */
function marked(value: string, { estimated }: Row): string {
  return `${estimated > 0 ? '~' : ''}${value}`
}

function costOf({ dollars: amount, priced, estimated }: Row): string {
  return priced === 0 ? '–' : dollars(amount, estimated > 0)
}
