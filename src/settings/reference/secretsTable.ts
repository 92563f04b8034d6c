import { NAME_RULES } from '../../sensitive/nameRules.ts'
import { PATTERNS } from '../../sensitive/patterns.ts'
import { TOKEN_RULES } from '../../sensitive/tokenRules.ts'
import { markdownTable } from './markdownTable.ts'

/** The table in README.md of what counts as a secret */
export function secretsTable(): string {
  const files = NAME_RULES.map(({ topic, shown }) => [
    topic,
    `${shown.map((glob) => `\`${glob}\``).join(', ')}, …`,
  ])
  const topics = [...new Set(TOKEN_RULES.map(({ topic }) => topic))]
  const tokens = topics.map((topic) => [
    topic,
    list(TOKEN_RULES.filter((rule) => rule.topic === topic).map(({ service }) => service)),
  ])
  const others = [
    'Other forms',
    list([...PATTERNS.map(({ kind }) => kind), ...CREDENTIALS]).replace(/^./, (first) =>
      first.toUpperCase(),
    ),
  ]
  return markdownTable(['Files and secrets', 'Recognized'], [...files, ...tokens, others])
}

/** What `findCredential` recognizes */
const CREDENTIALS = [
  'passwords in URLs and connection strings',
  'authorization headers',
  'random values assigned to names such as `apiKey`',
  'recovery phrases',
]

function list(items: readonly string[]): string {
  return [...new Set(items)].join(', ')
}
