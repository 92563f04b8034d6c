import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { callsIn, messageCalls, placeholdersOf, type MessageCall } from '../../support/messages.ts'

const root = new URL('../../../', import.meta.url)

type Texts = Readonly<Record<string, string>>

async function texts(file: string): Promise<Texts> {
  return JSON.parse(await readFile(new URL(file, root), 'utf8'))
}

suite('Localization: messages in the code', () => {
  let calls: MessageCall[]
  suiteSetup(async () => {
    calls = await messageCalls()
  })

  test('are found with their line', () => {
    const code =
      "const a = t('One')\nb = l10n.t(\n  'It\\'s {n}',\n)\nt(c)\nt('x' + y)\nlist.at('no')"
    assert.deepEqual(
      callsIn(code).map(({ message }) => message),
      ['One', "It's {n}", null, null],
    )
  })

  test('are literals, so that they can be translated', () => {
    assert.ok(calls.length > 300)
    const computed = calls.filter(({ message }) => message === null)
    // The function that passes messages on to VS Code
    assert.deepEqual(
      computed.map(({ place }) => place.replace(/:\d+$/, '')),
      ['services.ts'],
    )
  })

  test('are all that is shown: no function of VS Code that shows a text gets a plain one', async () => {
    const SHOWN =
      /(?:show\w+Message\(\s*|(?<![\w.])(?:title|prompt|placeHolder|placeholder|detail|description|tooltip|label):\s*)(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g
    const found: string[] = []
    for (const folder of ['ui', 'connect', 'connection', 'editor', 'preview']) {
      const files = await readdir(new URL(`src/${folder}/`, root), { recursive: true })
      const code = files.filter((each) => each.endsWith('.ts') && !NAMES_ONLY.includes(each))
      for (const file of code) {
        const text = await readFile(new URL(`src/${folder}/${file}`, root), 'utf8')
        for (const [whole, , shown = ''] of text.matchAll(SHOWN)) {
          if (hasWords(shown)) found.push(`${folder}/${file}: ${whole}`)
        }
      }
    }
    assert.deepEqual(found, [])
  })
})

/** Names of products, and code: the same in every language */
const NAMES_ONLY = ['hostedServices.ts', 'localServers.ts', 'installedServers.ts', 'liveTest.ts']

/** Words in letters, besides icons, placeholders and the name of the product */
function hasWords(text: string): boolean {
  const plain = text.replaceAll(/\$\([\w~-]+\)|\$\{.*\}|\bInfill\b/g, '')
  return /[a-z]{2,}/i.test(plain)
}

for (const language of ['zh-cn']) {
  suite(`Localization: ${language}`, () => {
    test('has every message of the code, and no others', async () => {
      const translated = await texts(`src/ui/l10n/bundle.l10n.${language}.json`)
      const messages = new Set((await messageCalls()).flatMap(({ message }) => message ?? []))
      assert.deepEqual(difference(messages, translated), { missing: [], unused: [] })
    })

    test('has every text of package.json, and no others', async () => {
      const english = await texts('package.nls.json')
      const translated = await texts(`package.nls.${language}.json`)
      assert.deepEqual(difference(new Set(Object.keys(english)), translated), {
        missing: [],
        unused: [],
      })
      for (const [key, text] of Object.entries(english)) {
        const other = translated[key] ?? ''
        assert.deepEqual(codeIn(other), codeIn(text), key)
      }
    })

    test('keeps the placeholders, icons and names of settings', async () => {
      const translated = await texts(`src/ui/l10n/bundle.l10n.${language}.json`)
      for (const [message, text] of Object.entries(translated)) {
        assert.deepEqual(placeholdersOf(text), placeholdersOf(message), message)
        assert.deepEqual(namesIn(text), namesIn(message), message)
      }
    })

    test('is another language', async () => {
      const translated = {
        ...(await texts(`src/ui/l10n/bundle.l10n.${language}.json`)),
        ...(await texts(`package.nls.${language}.json`)),
      }
      for (const [message, text] of Object.entries(translated)) {
        // These terms are the same in Chinese.
        const words = message.replaceAll(/\{\w+\}|\b(tokens?|URL)\b/g, '')
        if (hasWords(words)) assert.match(text, /\p{sc=Han}/u, message)
      }
    })
  })
}

function difference(
  wanted: ReadonlySet<string>,
  found: Texts,
): { missing: string[]; unused: string[] } {
  return {
    missing: [...wanted].filter((each) => !Object.hasOwn(found, each)),
    unused: Object.keys(found).filter((each) => !wanted.has(each)),
  }
}

/** Icons, and names that are the same in every language */
function namesIn(text: string): string[] {
  return (
    text.match(/\$\([\w~-]+\)|\binfill\.[\w.]+\w|\bhttp\.\w+|https?:\/\/[\w.:/-]*\w/g) ?? []
  ).toSorted()
}

/** What is between backticks, links and commands */
function codeIn(text: string): string[] {
  return (text.match(/`[^`]+`|\(command:[\w.]+\)/g) ?? []).toSorted()
}
