import { isFields, string } from '../completions/fields.ts'
import { isKeyText } from '../connection/keyText.ts'

/** What a curl command says about the server. */
export interface CurlCommand {
  url: string
  apiKey?: string
  model?: string
}

/** Reads the URL, the API key and the model of a curl command; `null` for any other text. */
export function parseCurl(text: string): CurlCommand | null {
  const [program = '', ...args] = words(text.trim().replace(/^[$>#]\s+/, ''))
  if (!/^curl(\.exe)?$/i.test(program)) return null
  const command: { url?: string; apiKey?: string | undefined; model?: string | undefined } = {}
  for (let at = 0; at < args.length; at++) {
    const [option, attached] = split(args[at] ?? '')
    if (!option.startsWith('-')) {
      command.url ??= args[at] ?? ''
      continue
    }
    if (!WITH_VALUE.has(option)) continue
    const value = attached ?? args[++at] ?? ''
    if (option === '--url') command.url ??= value
    if (HEADER.has(option)) command.apiKey ??= keyIn(value)
    if (DATA.has(option)) command.model ??= modelIn(value)
  }
  const { url = '', apiKey, model } = command
  if (url === '') return null
  return { url, ...(apiKey !== undefined && { apiKey }), ...(model !== undefined && { model }) }
}

const HEADER: ReadonlySet<string> = new Set(['-H', '--header'])
const DATA: ReadonlySet<string> = new Set(['-d', '--data', '--data-raw', '--data-binary', '--json'])

/** The options with a value that occur in documentation */
const WITH_VALUE: ReadonlySet<string> = new Set(
  '-H --header -d --data --data-raw --data-binary --json --url -X --request -o --output -m --max-time -u --user -x --proxy'.split(
    ' ',
  ),
)

/** `-XPOST` and `--url=…` have their value attached. */
function split(word: string): [option: string, value?: string] {
  const long = /^(--[\w-]+)=([^]*)$/.exec(word)
  if (long !== null) return [long[1] ?? '', long[2] ?? '']
  const short = /^(-[HXdmoux])([^]+)$/.exec(word)
  return short === null ? [word] : [short[1] ?? '', short[2] ?? '']
}

/** A key in a header. Placeholders of documentation are not keys. */
function keyIn(header: string): string | undefined {
  const [, key = ''] =
    /^\s*(?:authorization\s*:\s*bearer|(?:x-)?api-key\s*:)\s*(.*?)\s*$/i.exec(header) ?? []
  return key === '' || PLACEHOLDER.test(key) || !isKeyText(key) ? undefined : key
}

const PLACEHOLDER = /[$<>{}…]|\.\.\.|^\*+$|your|api_?key|token-abc123|^(sk-)?x+$/i

function modelIn(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return (isFields(value) ? string(value['model']) : null) ?? undefined
  } catch {
    return undefined
  }
}

/** The words of a command line, as a POSIX shell divides it. `\` at the end of a line joins two lines. */
function words(line: string): string[] {
  const parts = line
    .replaceAll(/\\(\r?\n|\s+(?=-)|\s*$)/g, ' ')
    .matchAll(/((?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+)/g)
  return [...parts].map(([word]) => unquoted(word))
}

function unquoted(word: string): string {
  return word.replaceAll(
    /"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])/g,
    (_, double, single, escaped) => {
      if (typeof double === 'string') return double.replaceAll(/\\(["\\$`])/g, '$1')
      return typeof single === 'string' ? single : String(escaped)
    },
  )
}
