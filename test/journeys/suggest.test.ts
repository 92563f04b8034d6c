import { equal, match } from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../launcher/paths.ts'
import { until } from '../launcher/run.ts'
import { runCommand } from '../launcher/user.ts'
import { DONE, event, STOP, stream, text } from '../support/answers.ts'
import { until as untilOpened } from '../support/sseServer.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'

const usage = { prompt_tokens: 20, completion_tokens: 3, total_tokens: 23 }

suite('a suggestion', () => {
  let scripted: Scripted
  let sendRest: () => void
  let parts = ['average', ' = total / count']

  suiteSetup(async function () {
    this.timeout(300_000)
    scripted = await openScripted(
      () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        sendRest = resolve
        return stream(
          text(parts[0] ?? ''),
          untilOpened(promise),
          text(parts[1] ?? ''),
          STOP,
          event({ choices: [], usage }),
          DONE,
        )
      },
      // It is shown because the user asked for it.
      { 'editor.inlineSuggest.enabled': false, 'editor.fontSize': 20 },
    )
  })
  suiteTeardown(() => scripted?.close())

  const page = () => scripted.editor.page
  const ghost = async (): Promise<string> => {
    const found = await page().locator('.ghost-text-decoration, .ghost-text').allTextContents()
    return found.join('').replaceAll('\u00A0', ' ')
  }
  const shown = (wanted: string): Promise<unknown> =>
    until(`the suggestion ${wanted}`, async () =>
      (await ghost()).includes(wanted) ? true : undefined,
    )

  async function look(name: string): Promise<void> {
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    await page().screenshot({ path: join(folder, `suggest-${name}.png`) })
  }

  test('is shown while it streams, and the status bar counts its tokens', async () => {
    await runCommand(scripted.editor, 'Infill: Suggest at Cursor')
    await shown('average')
    await look('part')
    sendRest()
    await shown('average = total / count')
    await look('whole')
    await waitForStatus(scripted.editor, /20 → 3 tokens/)
  })

  test('is accepted by word and in whole with the keys of VS Code, and undone', async () => {
    const line = page().locator('.view-line', { hasText: 'average' }).first()
    await page().keyboard.press('Control+ArrowRight')
    await until('the rest', async () => ((await ghost()) === ' = total / count' ? true : undefined))
    await page().keyboard.press('Tab')
    await until('no suggestion', async () => ((await ghost()) === '' ? true : undefined))
    match((await line.textContent())?.replaceAll('\u00A0', ' ') ?? '', /average = total \/ count/)
    await look('accepted')
    await page().keyboard.press('Control+Z')
    await page().keyboard.press('Control+Z')
    await until('the old text', async () => ((await line.count()) === 0 ? true : undefined))
  })

  test('stays while it is typed, also behind brackets and quotes that VS Code closes', async () => {
    parts = ['average = mean', '(row["price"] for row in rows)']
    await runCommand(scripted.editor, 'Infill: Suggest at Cursor')
    await shown('average = mean')
    sendRest()
    await shown('for row in rows')
    await page().keyboard.type('average = mean(row["', { delay: 60 })
    const line = page().locator('.view-line', { hasText: 'average' }).first()
    const written = async (): Promise<string> =>
      ((await line.textContent()) ?? '').replaceAll('\u00A0', ' ')
    await until('the rest', async () =>
      (await ghost()).includes('price') && (await ghost()).includes('for row in rows')
        ? true
        : undefined,
    )
    await look('typed')
    await page().keyboard.press('Tab')
    await until('all of it', async () =>
      (await written()).endsWith('average = mean(row["price"] for row in rows)') ? true : undefined,
    )
    await look('typed-accepted')
    await until('the old text', async () => {
      await page().keyboard.press('Control+Z')
      return (await line.count()) === 0 ? true : undefined
    })
    parts = ['average', ' = total / count']
  })

  test('is dismissed by Escape', async () => {
    await runCommand(scripted.editor, 'Infill: Suggest at Cursor')
    await shown('average')
    await page().keyboard.press('Escape')
    await until('no suggestion', async () => ((await ghost()) === '' ? true : undefined))
    sendRest()
    await waitForStatus(scripted.editor, /stopped|Stopped/i)
    equal(await ghost(), '')
  })
})
