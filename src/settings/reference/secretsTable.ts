import { NAME_RULES } from '../../sensitive/nameRules.ts'
import { PATTERNS } from '../../sensitive/patterns.ts'
import { TOKEN_RULES } from '../../sensitive/tokenRules.ts'
import { markdownTable } from './markdownTable.ts'

/** The topic of what is no token of a service */
const OTHER = 'Other forms'
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
  const rules = Object.groupBy(
    [...TOKEN_RULES, ...PATTERNS.map(({ kind }) => ({ topic: OTHER, service: kind }))],
    ({ topic }) => topic,
  )
  const tokens = Object.entries(rules).map(([topic, each = []]) => [
    topic,
    list([...each.map(({ service }) => service), ...(topic === OTHER ? CREDENTIALS : [])]),
  ])
  return markdownTable(['Files, and secrets in text', 'Recognized'], [...files, ...tokens])
}

function list(items: readonly string[]): string {
  return [...new Set(items)].join(', ')
}
