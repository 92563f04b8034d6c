import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openLibrary } from '../../../src/builtin/library.ts'
import { serve, type Server } from '../../../src/builtin/server.ts'

export const token = 'a-token-for-tests'

/** Runs a test against an endpoint that has read a folder with these files, given as path and content. */
export function withEndpoint(
  files: Readonly<Record<string, string>>,
  test: (endpoint: Server, root: string) => Promise<void>,
): Promise<void> {
  return withFolder(files, async (root) => {
    const library = openLibrary({ roots: [root] }, { firstScan: 5000, rescan: 5000, maxAge: 0 })
    const endpoint = await serve(library, { token })
    try {
      await test(endpoint, root)
    } finally {
      await endpoint.close()
    }
  })
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

export interface Logprobs {
  tokens: string[]
  token_logprobs: (number | null)[]
  top_logprobs: (Record<string, number> | null)[]
  text_offset: number[]
}

export interface Choice {
  index: number
  text: string
  logprobs: Logprobs | null
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

/** Sends a request, and returns its whole completion. */
export async function complete(endpoint: Server, body: object): Promise<Completion> {
  return completion(await post(endpoint, body))
}

/** Sends a request, and returns the texts of its choices. */
export async function texts(endpoint: Server, body: object): Promise<string[]> {
  return (await complete(endpoint, body)).choices.map((choice) => choice.text)
}

/** The data of every event of a stream. `[DONE]` is not parsed. */
export async function events(response: Response): Promise<(Completion | '[DONE]')[]> {
  const blocks = (await response.text()).split('\n\n')
  if (blocks.pop() !== '') throw new Error('The last event is incomplete.')
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
