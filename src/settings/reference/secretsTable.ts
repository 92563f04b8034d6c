import { NAME_RULES } from '../../sensitive/nameRules.ts'
import { PATTERNS } from '../../sensitive/patterns.ts'
import { TOKEN_RULES } from '../../sensitive/tokenRules.ts'
import { markdownTable } from './markdownTable.ts'

/** What `findCredential` recognizes */
const CREDENTIALS = [
  'passwords in URLs and connection strings',
  'authorization headers',
  'random values of names such as `apiKey`',
  'recovery phrases',
]

/** The table in README.md of what counts as a secret */
export function secretsTable(): string {
  const files = NAME_RULES.map(({ topic, shown }) => [
    topic,
    `${shown.map((glob) => `\`${glob}\``).join(', ')}, …`,
  ])
  const tokens = Object.entries(Object.groupBy(TOKEN_RULES, ({ topic }) => topic)).map(
    ([topic, rules = []]) => [topic, list(rules.map(({ service }) => service))],
  )
  const others = list([...PATTERNS.map(({ kind }) => kind), ...CREDENTIALS])
  return markdownTable(
    ['Files, and secrets in text', 'Recognized'],
    [...files, ...tokens, ['Other forms', others]],
  )
}

function list(items: readonly string[]): string {
  return [...new Set(items)].join(', ')
}
