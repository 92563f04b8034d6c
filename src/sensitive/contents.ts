import { findCredential } from './credentials.ts'
import { ONLY_BASE64, PATTERNS } from './patterns.ts'
import { isRandom } from './plausible.ts'
import { TOKEN_RULES } from './tokenRules.ts'

const BODIES = new Map<string, { kind: string; body: RegExp }[]>()
for (const { service, prefixes, body } of TOKEN_RULES) {
  const rule = { kind: kindOf(service), body: new RegExp(body, 'y') }
  for (const prefix of prefixes) BODIES.set(prefix, [...(BODIES.get(prefix) ?? []), rule])
}

function kindOf(service: string): string {
  return /(token|key)$/i.test(service) ? service : `${service} token`
}

/** All prefixes. The longest that matches comes first. */
const PREFIX = new RegExp(
  [...BODIES.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((prefix) => prefix.replaceAll(/[^\w-]/g, String.raw`\$&`))
    .join('|'),
  'g',
)
/** Letters before a prefix make it a part of a word, unless they end an escape sequence. */
const WORD_BEFORE = /[A-Za-z0-9]$/
const ESCAPE_BEFORE = /(\\[nrtbf0]|%[\dA-F]{2}|\\u[\dA-F]{4}|\\x[\dA-F]{2})$/i

/**
 * The kind of the first secret in the text, such as `GitHub token`, or `null`. Placeholders and
 * values from documentation do not count.
 *
 * Takes time linear in the length of the text, about 1 ms for 40,000 characters.
 */
export function findSecret(text: string): string | null {
  return findToken(text) ?? findPattern(text) ?? findCredential(text)
}

function findToken(text: string): string | null {
  const search = new RegExp(PREFIX)
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const { 0: prefix, index } = match
    // Prefixes can overlap: "\napi_org_" contains "napi_" as well.
    search.lastIndex = index + 1
    const before = text.slice(Math.max(0, index - 6), index)
    if (WORD_BEFORE.test(before) && !ESCAPE_BEFORE.test(before)) continue
    const start = index + prefix.length
    for (const { kind, body } of BODIES.get(prefix) ?? []) {
      body.lastIndex = start
      const value = body.exec(text)?.[0]
      if (value === undefined) continue
      if (isRandom(value)) return kind
      // Placeholders are long and can contain the prefix many times.
      search.lastIndex = start + Math.min(value.length, 40)
    }
  }
  return null
}

function findPattern(text: string): string | null {
  for (const { kind, keyword, pattern } of PATTERNS) {
    if (!text.includes(keyword)) continue
    for (const [, value] of text.matchAll(pattern)) {
      if (value === undefined || isRandom(value)) return kind
    }
  }
  return ONLY_BASE64.test(text) ? 'key' : null
}
