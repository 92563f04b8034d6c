import { equal, match, notEqual } from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { root } from '../launcher/paths.ts'
import { until } from '../launcher/run.ts'
import { runCommand } from '../launcher/user.ts'
import { DONE, event, STOP, stream } from '../support/answers.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'

interface Theme {
  /** `contrast`: as a system in high contrast, for which VS Code selects its theme */
  setting: string
  scheme: 'dark' | 'light'
  /** The class of the window in this theme */
  name: string
}

const THEMES: Readonly<Record<string, Theme>> = {
  dark: { setting: 'Default Dark Modern', scheme: 'dark', name: 'vs-dark' },
  light: { setting: 'Default Light Modern', scheme: 'light', name: 'vs' },
  'contrast-dark': { setting: 'contrast', scheme: 'dark', name: 'hc-black' },
  'contrast-light': { setting: 'contrast', scheme: 'light', name: 'hc-light' },
}

/** One token of each level, in the form of the chat API */
function token(text: string, probability: number, others: Record<string, number> = {}) {
  const top_logprobs = Object.entries({ [text]: probability, ...others }).map(([name, p]) => ({
    token: name,
    logprob: Math.log(p),
  }))
  const content = [{ token: text, logprob: Math.log(probability), top_logprobs }]
  return event({ choices: [{ index: 0, text, finish_reason: null, logprobs: { content } }] })
}

const FIRST = stream(
  token('average', 0.97),
  token(' = ', 0.7),
  token('compute', 0.35, { mean: 0.3, 'sum of': 0.05, '\n    ': 0.02 }),
  token('_slowly', 0.04, { '(': 0.5, _all: 0.2 }),
  token('(items)', 0.95),
  STOP,
  DONE,
)
const SECOND = stream(token('(values)', 0.93), STOP, DONE)

for (const [kind, { setting, scheme, name }] of Object.entries(THEMES)) {
  const isContrast = setting === 'contrast'
  suite(`confidence in view: ${kind}`, () => {
    let scripted: Scripted
    let isFirst = true

    suiteSetup(async function () {
      this.timeout(300_000)
      scripted = await openScripted(
        () => {
          const answer = isFirst ? FIRST : SECOND
          isFirst = false
          return answer
        },
        {
          'editor.fontSize': 20,
          ...(!isContrast && { 'workbench.colorTheme': setting }),
        },
      )
      if (isContrast) {
        await page().emulateMedia({ colorScheme: scheme, forcedColors: 'active' })
      }
    })
    suiteTeardown(() => scripted?.close())

    const page = () => scripted.editor.page
    const line = () => page().locator('.view-line', { hasText: 'average' }).first()

    async function look(part: string): Promise<void> {
      const folder = join(root, 'out', 'journeys')
      await mkdir(folder, { recursive: true })
      await page().screenshot({ path: join(folder, `confidence-${kind}-${part}.png`) })
    }

    test('the theme is in force', async () => {
      const workbench = page().locator('.monaco-workbench')
      await until('the theme', async () => {
        const classes = (await workbench.getAttribute('class'))?.split(' ') ?? []
        return classes.includes(name) || undefined
      })
    })

    test('the four levels have lines of four styles', async () => {
      await runCommand(scripted.editor, 'Infill: Toggle Confidence')
      await page().keyboard.press(defaultKey('infill.complete'))
      await waitForStatus(scripted.editor, /tokens/)
      const styles = await until('the lines', async () => {
        const found = await page()
          .locator('.view-overlays .cdr[class*="ced-"]')
          .evaluateAll((all) =>
            all.map((each) => String(each.computedStyleMap().get('border-bottom-style'))),
          )
        return new Set(found).size >= 4 ? found : undefined
      })
      equal(
        new Set(['solid', 'dotted', 'dashed', 'double'].filter((each) => styles.includes(each)))
          .size,
        4,
      )
      await look('colors')
    })

    test('the hover lists alternatives, and one is picked by the keyboard', async () => {
      await line().getByText('compute').first().hover()
      const hover = page().locator('.monaco-hover', { hasText: 'unsure' }).first()
      await hover.waitFor()
      match(await hover.innerText(), /compute 35 %, unsure[^]*mean 30 %/)
      await look('hover')
      // `runCommand` waits for the palette to close, and a list opens in its place.
      await page().keyboard.press('F1')
      await page().locator('.quick-input-widget input.input').fill('>Infill: Choose Another')
      await page()
        .locator('.quick-input-widget .monaco-list-row.focused', {
          hasText: 'Choose Another Token',
        })
        .waitFor()
      await page().keyboard.press('Enter')
      const row = (text: string) =>
        page().locator('.quick-input-widget .monaco-list-row', { hasText: text }).first()
      await row('compute').waitFor()
      await look('tokens')
      await page().keyboard.type('compute')
      await page().keyboard.press('Enter')
      await row('mean').waitFor()
      await look('alternatives')
      await page().keyboard.press('Enter')
      await until(
        'the new text',
        async () => /mean\(values\)/.test(await line().innerText()) || undefined,
      )
      await look('picked')
      await page().keyboard.press('Control+z')
      await until('one undo', async () => (await line().count()) === 0 || undefined)
      notEqual(isFirst, true)
    })
  })
}
