import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CompletionInput, LanguageModel, Piece } from '../../../src/builtin/model.ts'
import { createServer, type Server } from '../../../src/builtin/server.ts'

export const token = 'a-token-for-tests'

export interface Script {
  readonly pieces?: readonly string[]
  readonly finish_reason?: Piece['finish_reason']
  /** Runs before each piece. */
  readonly before?: (piece: string, input: CompletionInput) => unknown
}

/** A model that says what it is told to. Its tokens are characters. */
export function scripted({ pieces = [], finish_reason = 'stop', before }: Script): LanguageModel & {
  readonly inputs: readonly CompletionInput[]
} {
  const inputs: CompletionInput[] = []
  return {
    id: 'workspace',
    system_fingerprint: 'scripted-1',
    inputs,
    countTokens: (text) => text.length,
    async *complete(input) {
      inputs.push(input)
      for (const text of pieces) {
        await before?.(text, input)
        yield { text, finish_reason: null }
      }
      yield { text: '', finish_reason }
    },
  }
}

/** Runs a test against a server with this model. */
export async function withServer(
  model: LanguageModel,
  test: (server: Server) => Promise<void>,
  options: { readonly bodyLimit?: number } = {},
): Promise<void> {
  const server = await createServer({ model, token, ...options })
  try {
    await test(server)
  } finally {
    await server.close()
  }
}

export function post(
  { url }: { readonly url: string },
  body: unknown,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(`${url}/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

export interface Choice {
  index: number
  text: string
  logprobs: null
  finish_reason: string | null
}

export interface Completion {
  id: string
  object: string
  created: number
  model: string
  system_fingerprint: string
  choices: Choice[]
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null
}

export async function completion(response: Response): Promise<Completion> {
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  const body: Completion = JSON.parse(await response.text())
  return body
}

/** The data of every event of a stream, with `[DONE]` as the string it is. */
export async function events(response: Response): Promise<(Completion | '[DONE]')[]> {
  const blocks = (await response.text()).split('\n\n')
  if (blocks.pop() !== '') throw new Error('The last event is cut.')
  return blocks.map((block) => {
    if (!block.startsWith('data: ')) throw new Error(`Not an event: ${block}`)
    const data = block.slice('data: '.length)
    if (data === '[DONE]') return data
    const chunk: Completion = JSON.parse(data)
    return chunk
  })
}

export async function chunks(response: Response): Promise<Completion[]> {
  return (await events(response)).filter((event) => event !== '[DONE]')
}

/** Runs a test in a folder with these files, given as path and content. */
export async function withFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (root: string) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'infill-builtin-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), content)
    }
    await test(root)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
