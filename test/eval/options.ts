import { parseArgs } from 'node:util'
import { RULES } from '../../src/settings/settings.ts'

export const USAGE = `npm run eval -- [options]
  --tasks LIST       random-span, single-line, multi-line, workspace; several with commas (random-span,workspace)
  --folder DIR       the folder whose gaps are “workspace” (the current one)
  --limit N          most tasks of each set (100)
  --seed N           chooses the gaps, and is sent with each request (1)
  --endpoint URL     builtin (the default), or a URL as in infill.endpoint
  --model NAME       --server ID       --suffix MODE      as in the settings
  --key-env NAME     the environment variable that has the API key
  --context FILES    off, or open: parts of files of the same folder, then of others, are sent as the editor
                     sends those of open files (open; the built-in endpoint reads files itself)
  --confidence N     of the built-in endpoint, as in infill.builtin.confidence
  --temperature N    0 by default
  --max-tokens N     128 by default
  --price IN,OUT     dollars per million tokens of prompts and of completions
  --concurrency N    2 by default
  --no-cache         sends every request again
  --out DIR          where the report goes (out/eval)
  --compare A B      compares two reports (.json), and sends nothing`

export interface EvalOptions {
  readonly tasks: readonly string[]
  readonly folder: string
  readonly limit: number
  readonly seed: number
  readonly endpoint: string
  readonly model: string
  readonly server: string
  readonly suffix: string
  readonly apiKey: string | undefined
  readonly context: 'off' | 'open'
  readonly confidence: number
  readonly temperature: number
  readonly maxTokens: number
  /** Dollars per million tokens */
  readonly price: { readonly input: number; readonly output: number } | null
  readonly concurrency: number
  readonly hasCache: boolean
  readonly out: string
  /** The files of two reports */
  readonly compare: readonly [string, string] | null
  readonly isHelp: boolean
}

/** @throws Error with a sentence for the user */
export function evalOptions(args: readonly string[], env: NodeJS.ProcessEnv): EvalOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tasks: { type: 'string', default: 'random-span,workspace' },
      folder: { type: 'string', default: '.' },
      limit: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      endpoint: { type: 'string', default: 'builtin' },
      model: { type: 'string', default: '' },
      server: { type: 'string', default: 'auto' },
      suffix: { type: 'string', default: 'auto' },
      'key-env': { type: 'string' },
      context: { type: 'string', default: 'open' },
      confidence: { type: 'string', default: String(RULES['builtin.confidence'].default) },
      temperature: { type: 'string', default: '0' },
      'max-tokens': { type: 'string', default: '128' },
      price: { type: 'string' },
      concurrency: { type: 'string', default: '2' },
      'no-cache': { type: 'boolean', default: false },
      out: { type: 'string', default: 'out/eval' },
      compare: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [first, second, ...others] = positionals
  const isPair = first !== undefined && second !== undefined && others.length === 0
  if (values.compare ? !isPair : first !== undefined) {
    throw new Error(
      values.compare ? '--compare needs two files.' : `What is “${first}”?\n\n${USAGE}`,
    )
  }
  const keyName = values['key-env']
  const apiKey = keyName === undefined ? undefined : env[keyName]
  if (keyName !== undefined && apiKey === undefined) throw new Error(`${keyName} is not set.`)
  return {
    tasks: values.tasks.split(','),
    folder: values.folder,
    limit: integer('limit', values.limit, 1),
    seed: integer('seed', values.seed, 0),
    endpoint: values.endpoint,
    model: values.model,
    server: values.server,
    suffix: values.suffix,
    apiKey,
    context: contextIn(values.context),
    confidence: decimal('confidence', values.confidence, 1),
    temperature: decimal('temperature', values.temperature, 2),
    maxTokens: integer('max-tokens', values['max-tokens'], 1),
    price: values.price === undefined ? null : priceIn(values.price),
    concurrency: integer('concurrency', values.concurrency, 1),
    hasCache: !values['no-cache'],
    out: values.out,
    compare: values.compare && isPair ? [first, second] : null,
    isHelp: values.help,
  }
}

function integer(name: string, text: string, least: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`--${name} must be an integer of at least ${least}, not “${text}”.`)
}

function decimal(name: string, text: string, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= most) return value
  throw new Error(`--${name} must be a number from 0 to ${most}, not “${text}”.`)
}

function contextIn(text: string): 'off' | 'open' {
  if (text === 'off' || text === 'open') return text
  throw new Error(`--context must be off or open, not “${text}”.`)
}

function priceIn(text: string): { input: number; output: number } {
  const [input = '', output = '', ...others] = text.split(',')
  if (others.length > 0) throw new Error('--price must be two numbers, such as 0.3,0.9.')
  return { input: decimal('price', input, 1e6), output: decimal('price', output, 1e6) }
}
