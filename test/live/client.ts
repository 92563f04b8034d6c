import type { SecretStorage } from 'vscode'
import { oneByOne } from '../../src/completions/oneByOne.ts'
import { createClient, createTransport, type Send } from '../../src/completions/index.ts'
import { apiKeysIn, type ApiKeys } from '../../src/connection/apiKeys.ts'
import { createConnections, type Connections } from '../../src/connection/connections.ts'
import { capabilityStoreIn } from '../../src/connection/learned/serverCapabilities.ts'
import type { Piece } from '../../src/generation/choices.ts'
import { generate, type GenerateOptions } from '../../src/generation/generate.ts'
import type { PromptAndSuffix } from '../../src/generation/negotiate.ts'
import { baseUrl } from '../../src/settings/endpoint.ts'
import { parseSettings, type Settings } from '../../src/settings/settings.ts'
import type { End } from '../../src/usage/progress.ts'
import { memory } from '../support/memory.ts'
import { noticeText } from '../support/wording.ts'

/** What a window of VS Code keeps between completions, made of the extension's own code */
export interface LiveClient {
  readonly connections: Connections
  readonly keys: ApiKeys
  /** `POST /infill`, in order */
  readonly requests: string[]
  /** As users see them */
  readonly notices: string[]
  settings(values: object): Settings
  /** Starts a completion. @throws CompletionError */
  complete(
    context: PromptAndSuffix,
    values: object,
    options?: Partial<GenerateOptions>,
  ): AsyncGenerator<Piece, void, undefined>
  close(): Promise<void>
}

export async function createLiveClient(): Promise<LiveClient> {
  const transport = await createTransport()
  const keys = apiKeysIn(secretsInMemory())
  const capabilities = capabilityStoreIn(memory())
  const requests: string[] = []
  const notices: string[] = []

  const send: Send = (request, signal) => {
    requests.push(`${request.method} ${request.url.pathname}`)
    return transport.send(request, signal)
  }
  const connections = createConnections({
    async connect(settings) {
      const base = baseUrl(settings.endpoint)
      const { headers, extraBody } = settings
      const requestOptions = { base, apiKey: await keys.get(base.origin), headers, extraBody }
      const client: Awaited<ReturnType<Connections['connect']>>['client'] = (dialect) =>
        createClient({ ...settings, ...requestOptions, send, ...(dialect && { dialect }) })
      return { base, requestOptions, send, client }
    },
  })
  const parse = (values: object): Settings => {
    const named: Record<string, unknown> = { ...values }
    return parseSettings((name) => named[name])
  }

  return {
    connections,
    keys,
    requests,
    notices,
    settings: parse,
    async *complete(context, values, options = {}) {
      const settings = parse(values)
      const signal = options.signal ?? new AbortController().signal
      const connection = await connections.connect(settings, signal)
      const notice: GenerateOptions['notice'] = (each) => notices.push(noticeText(each))
      const all = { connection, settings, capabilities, notice, ...options, signal }
      yield* oneByOne(generate(context, all))
    },
    close: () => transport.close(),
  }
}

/** The context of most tests */
export const CONTEXT: PromptAndSuffix = {
  prompt: 'function add(a, b) {\n  return ',
  suffix: '\n}\n',
}

/** Settings for a completion of 8 tokens, all of them letters, which no filter changes */
export const SHORT = {
  maxTokens: 8,
  temperature: 1,
  extraBody: { ignore_eos: true, grammar: 'root ::= [a-z]+' },
}

/** Settings for a completion that does not end by itself, on a server with `endless` */
export const ENDLESS = { temperature: 1, extraBody: { ignore_eos: true, n_predict: -1 } }

export interface Completed {
  /** The text of each choice */
  texts: string[]
  /** Of the first choice */
  end: End | null
  pieces: Piece[]
}

/** Waits for a whole completion. @throws CompletionError */
export async function whole(pieces: AsyncIterable<Piece>): Promise<Completed> {
  const result: Completed = { texts: [], end: null, pieces: [] }
  for await (const piece of pieces) {
    result.pieces.push(piece)
    result.texts[piece.index] = (result.texts[piece.index] ?? '') + piece.text
    if (piece.index === 0) result.end = piece.end ?? result.end
  }
  return result
}

/** To be called in a suite: creates a client for each of its tests. */
export function useLiveClient(): () => LiveClient {
  let client: LiveClient
  setup(async () => {
    client = await createLiveClient()
  })
  teardown(async () => {
    await client.close()
  })
  return () => client
}

function secretsInMemory(): SecretStorage {
  const secrets = new Map<string, string>()
  return {
    get: async (name) => secrets.get(name),
    store: async (name, value) => void secrets.set(name, value),
    delete: async (name) => void secrets.delete(name),
    keys: async () => [...secrets.keys()],
    onDidChange: () => ({ dispose: () => undefined }),
  }
}
