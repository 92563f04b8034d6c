import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { SERVER_IDS } from '../../src/servers/profile.ts'
import { RULES, parseSettings } from '../../src/settings/settings.ts'

const folder = new URL('../../docs/servers/', import.meta.url)
const HEADINGS = ['Connect', 'What works', 'Known limits', 'Checked']

suite('the pages of servers', () => {
  const pages = new Map<string, string>()
  suiteSetup(async () => {
    for (const file of await readdir(folder)) {
      pages.set(file.replace(/\.md$/, ''), await readFile(new URL(file, folder), 'utf8'))
    }
  })

  const each = (): [string, string][] => [...pages].filter(([name]) => name !== 'README')

  test('exist for every server', () => {
    for (const id of SERVER_IDS) assert.ok(pages.has(id), `docs/servers/${id}.md`)
  })

  test('have the same headings, and at most 60 lines', () => {
    for (const [name, text] of each()) {
      const found = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
      assert.deepEqual(found, HEADINGS, name)
      assert.ok(text.split('\n').length <= 60, name)
    }
  })

  test('have settings that Infill accepts, for the server of the page', () => {
    for (const [name, text] of each()) {
      const [, json = ''] = /```json\n([^`]*)```/.exec(text) ?? []
      const written: Record<string, unknown> = JSON.parse(json)
      for (const key of Object.keys(written)) {
        assert.ok(Object.hasOwn(RULES, key.replace(/^infill\./, '')), `${name}: ${key}`)
      }
      const { server } = parseSettings((setting) => written[`infill.${setting}`])
      assert.ok(server === 'auto' || server === name, `${name}: ${server}`)
    }
  })

  test('say of each claim how it was checked', () => {
    for (const [name, text] of each()) {
      const rows = text.split('## Checked')[1]?.match(/^\| (?!What|-).*\|$/gm) ?? []
      assert.ok(rows.length > 0, name)
      for (const row of rows) assert.match(row, /^\| [^|]{3,} \| [^|]{3,} \|$/, name)
    }
  })

  test('are all in the index, which links to nothing else', () => {
    const links = [...(pages.get('README') ?? '').matchAll(/\]\(([\w-]+)\.md\)/g)]
    assert.deepEqual(
      links.flatMap(([, name]) => name ?? []).toSorted(),
      each()
        .map(([name]) => name)
        .toSorted(),
    )
  })

  test('link to existing pages', () => {
    for (const [name, text] of pages) {
      for (const [, link = ''] of text.matchAll(/\]\((?!https:|\.\.)([^)#]+)\.md[^)]*\)/g)) {
        assert.ok(pages.has(link), `${name}: ${link}`)
      }
    }
  })
})
