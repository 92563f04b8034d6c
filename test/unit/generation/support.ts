import { createClient, createTransport, type Transport } from '../../../src/completions/index.ts'
import { oneByOne } from '../../../src/completions/oneByOne.ts'
import type { Piece } from '../../../src/generation/choices.ts'
import { generate, type GenerateOptions } from '../../../src/generation/generate.ts'
import type { PromptAndSuffix } from '../../../src/generation/negotiate.ts'
import type {
  CapabilityStore,
  ServerCapabilities,
} from '../../../src/generation/serverCapabilities.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { parseSettings } from '../../../src/settings/settings.ts'
import { startServer, type ScriptedServer } from '../../support/sseServer.ts'
import { noticeText } from '../../support/wording.ts'

export interface Served {
  server: ScriptedServer
  transport: Transport
}

/** Call it in a suite: returns a function that starts a scripted server, and closes it after each test. */
export function useServed(): (script: Parameters<typeof startServer>[0]) => Promise<Served> {
  const open: Served[] = []
  teardown(async () => {
    for (const { server, transport } of open.splice(0)) {
      await transport.close()
      await server.close()
    }
  })
  return async (script) => {
    const served = { server: await startServer(script), transport: await createTransport() }
    open.push(served)
    return served
  }
}

export interface TestGeneration {
  server: ScriptedServer
  transport: Transport
  capabilities: CapabilityStore
  notices: string[]
  id?: ServerId
  model?: string
  settings?: object
}

/** The options of a generation from a scripted server. In notices its address is `HOST`. */
export function generationFrom({
  server,
  transport,
  capabilities,
  notices,
  id = 'vllm',
  model = 'qwen2.5-coder',
  settings = {},
}: TestGeneration): GenerateOptions {
  const values: Record<string, unknown> = { ...settings }
  const parsed = parseSettings((name) => values[name])
  return {
    connection: {
      base: server.url,
      profile: profileOf(id),
      model,
      isCertain: true,
      client: (dialect) =>
        createClient({
          ...parsed,
          base: server.url,
          apiKey: null,
          send: transport.send,
          ...(dialect && { dialect }),
        }),
    },
    settings: parsed,
    capabilities,
    signal: new AbortController().signal,
    notice: (notice) => notices.push(noticeText(notice).replace(server.url.host, 'HOST')),
  }
}

/** Server capabilities in memory, for one endpoint and model */
export function capabilitiesOf(known: ServerCapabilities = {}): CapabilityStore {
  let all = known
  return {
    of: () => all,
    add: async (_endpoint, _model, { suffix, context, refused = [] }) => {
      all = {
        ...all,
        ...(suffix !== undefined && { suffix }),
        ...(context !== undefined && { context }),
        refused: [...(all.refused ?? []), ...refused],
      }
    },
  }
}

/** The pieces of one generation, one by one */
export function piecesOf(
  context: PromptAndSuffix,
  options: GenerateOptions,
): AsyncGenerator<Piece, void, undefined> {
  return oneByOne(generate(context, options))
}
