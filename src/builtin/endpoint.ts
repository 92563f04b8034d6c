import { openLibrary, type LibraryOptions, type Workspace } from './library.ts'
import { createServer, type Server } from './server.ts'

export interface EndpointOptions extends Workspace {
  readonly token: string
  /** 0, the default, for any free port. */
  readonly port?: number
}

export interface Endpoint extends Server {
  update(workspace: Workspace): void
}

/** The server and its model, put together. It serves at once; the files are read meanwhile. */
export async function openEndpoint(
  { token, port, ...workspace }: EndpointOptions,
  options?: LibraryOptions,
): Promise<Endpoint> {
  const ended = new AbortController()
  const library = openLibrary(workspace, ended.signal, options)
  try {
    const server = await createServer({ library, token, ...(port !== undefined && { port }) })
    return {
      url: server.url,
      update: (next) => library.update(next),
      async close() {
        ended.abort()
        await server.close()
      },
    }
  } catch (error) {
    ended.abort()
    throw error
  }
}
