import type { Translate } from '../translate.ts'
import { html, type Html } from '../html.ts'
import type { ChartDay, UsageFigures } from './usageFigures.ts'

const WIDTH = 720
const HEIGHT = 180
/** Room for the labels */
const LEFT = 56
const BOTTOM = 20
const RIGHT = 16

/**
 * Tokens per day as bars, one part for each model. Screen readers read the table instead, which has the
 * same figures.
 */
export function usageChart(
  { days, models }: Pick<UsageFigures, 'days' | 'models'>,
  figure: (value: number) => string,
  t: Translate,
): Html {
  const most = niceCeiling(Math.max(1, ...days.map(({ tokens }) => sum(tokens))))
  const step = (WIDTH - LEFT - RIGHT) / days.length
  const bars = days.map((day, index) => bar(day, LEFT + index * step, step * 0.7, most))
  const lines = [0, 0.5, 1].map((share) => {
    const y = HEIGHT - share * HEIGHT + 8
    return html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" />
      <text class="axis" x="${LEFT - 6}" y="${y + 4}" text-anchor="end"
        >${figure(share * most)}</text
      >`
  })
  const labels = days.map(({ day }, index) =>
    (days.length - 1 - index) % 7 === 0
      ? html`<text
          class="axis"
          x="${LEFT + (index + 0.35) * step}"
          y="${HEIGHT + 8 + BOTTOM - 4}"
          text-anchor="middle"
          >${day.slice(5)}</text
        >`
      : html``,
  )
  const legend = models.map(
    (model, index) =>
      html`<li>
        <svg class="key" viewBox="0 0 10 10" aria-hidden="true">
          <rect class="series${index}" width="10" height="10" /></svg
        >${modelName(model, t)}
      </li>`,
  )
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT + 8 + BOTTOM}" aria-hidden="true">
      ${lines}${bars}${labels}
    </svg>
    <ul class="legend" aria-hidden="true">
      ${legend}
    </ul>`
}

export function modelName(model: string | null, t: Translate): string {
  if (model === null) return t('Other models')
  return model === '' ? t('Default model') : model
}

function bar({ day, tokens }: ChartDay, x: number, width: number, most: number): Html {
  let top = HEIGHT + 8
  const parts = tokens.map((count, index) => {
    if (count === 0) return html``
    const height = (count / most) * HEIGHT
    top -= height
    return html`<rect
      class="series${index}"
      x="${round(x)}"
      y="${round(top)}"
      width="${round(width)}"
      height="${round(height)}"
    />`
  })
  return html`<g><title>${`${day}: ${sum(tokens)}`}</title>${parts}</g>`
}

/** The next round number */
function niceCeiling(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value))
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((each) => each * unit >= value) ?? 10) * unit
}

function sum(values: readonly number[]): number {
  return values.reduce((before, value) => before + value, 0)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
