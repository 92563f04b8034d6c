import { CompletionError } from '../completions/errors.ts'
import { detectServer } from '../connection/detectServer.ts'
import type { Connection } from '../generation/connection.ts'
import { generate } from '../generation/generate.ts'
import { forOneRun, type CapabilityStore } from '../generation/serverCapabilities.ts'
import type { SuffixMode } from '../servers/profile.ts'
import type { Settings } from '../settings/settings.ts'
import { createMeter } from '../usage/meter.ts'
import { tokensPerSecond, type Cost } from '../usage/progress.ts'

/** A gap of which everybody sees what belongs there */
export const GAP = {
  prompt: 'def add(a, b):\n    return ',
  suffix: '\n\n\nprint(add(1, 2))\n',
}

/** How the text after the cursor reached the model. */
export type SuffixPath =
  | { mode: 'chat' }
  | { mode: 'field' }
  | { mode: 'template'; template: string }
  /** It is sent, and the server takes no notice of it. */
  | { mode: 'ignored' }
  /** Neither the server nor the model's name shows a way. */
  | { mode: 'off' }

/** What came of one real completion. */
export interface LiveTest {
  /** Filtered, as it would be inserted; empty when the model wrote nothing */
  text: string
  suffix: SuffixPath
  cost: Cost
  /** Tokens per second after the first token; `null` when there were too few to tell */
  speed: number | null
  /** Maximum number of tokens of prompt and completion together; `null` when the server does not say */
  context: number | null
}

export interface LiveTestOptions {
  connection: Connection
  settings: Settings
  /** What earlier runs learned: the test sends the suffix as they do, and adds nothing. */
  capabilities: CapabilityStore
  signal: AbortSignal
  /** In ms */
  limit?: number
}

/** Time for the whole test, in ms: a local server may have to load its model first. */
const LIMIT = 20_000

const MAX_TOKENS = 48

/**
 * Runs one real completion of a small known text, with the settings as they are, and without anything
 * of the user's files.
 *
 * @throws CompletionError; the signal's reason when it is aborted
 */
export async function liveTest(options: LiveTestOptions): Promise<LiveTest> {
  const { connection, signal, limit = LIMIT } = options
  const settings = testSettings(options.settings, limit)
  const timeout = AbortSignal.timeout(limit)
  const capabilities = forOneRun(options.capabilities)
  const meter = createMeter(GAP.prompt.length + GAP.suffix.length)
  const sent: { suffix: SuffixPath } = { suffix: { mode: 'off' } }
  let text = ''
  const pieces = generate(GAP, {
    connection: {
      ...connection,
      client: (dialect) => connection.client(dialect, { maxRetries: 0 }),
    },
    settings,
    capabilities,
    signal: AbortSignal.any([signal, timeout]),
    surroundings: {
      before: GAP.prompt,
      linePrefix: '    return ',
      suffix: GAP.suffix,
      language: 'python',
    },
    notice: () => undefined,
    onChunks: (chunks) => chunks.forEach((chunk) => meter.read(chunk)),
    onStrategy: ({ mode, template }) => {
      sent.suffix = pathOf(mode, template?.id ?? '')
    },
  })
  for await (const batch of pieces) {
    text += batch
      .filter(({ index }) => index === 0)
      .map((piece) => piece.text)
      .join('')
  }
  signal.throwIfAborted()
  if (timeout.aborted && text === '') throw tooSlow(connection.base, limit)
  const cost = meter.cost()
  const learned = capabilities.of(connection.base.href, connection.model)
  const isIgnored = sent.suffix.mode === 'field' && learned.suffix === 'ignored'
  return {
    text,
    suffix: isIgnored ? { mode: 'ignored' } : sent.suffix,
    cost,
    speed: tokensPerSecond(cost),
    context: await contextOf(options),
  }
}

/** One short completion in a stream, whatever the user's own requests are like */
function testSettings(settings: Settings, limit: number): Settings {
  return {
    ...settings,
    maxTokens: MAX_TOKENS,
    stream: true,
    n: null,
    bestOf: null,
    echo: null,
    logprobs: null,
    firstTokenTimeout: limit / 1000,
  }
}

function pathOf(mode: SuffixMode, template: string): SuffixPath {
  return mode === 'template' ? { mode, template } : { mode }
}

/** Ollama knows the context of a model once it is loaded. */
async function contextOf({
  connection,
  settings,
  signal,
}: LiveTestOptions): Promise<number | null> {
  const { profile, model, context } = connection
  if (profile.loaded === undefined || model === '') return context ?? null
  const { models } = await detectServer(
    connection,
    { ...settings, server: profile.id, model },
    signal,
  )
  return models.find(({ id }) => id === model)?.contextLength ?? context ?? null
}

function tooSlow({ host }: URL, limit: number): CompletionError {
  const problem = { id: 'firstTokenTimeout', host, seconds: limit / 1000 } as const
  return new CompletionError('timeout', problem)
}
