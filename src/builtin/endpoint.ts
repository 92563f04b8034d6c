import { openLibrary, type LibraryOptions, type Workspace } from './library.ts'
import { createServer, type Server, type ServerOptions } from './server.ts'

export type EndpointOptions = Workspace & ServerOptions

export interface Endpoint extends Server {
  /** Tells what has changed in the workspace. */
  update(workspace: Workspace): void
}

/** The server and its model, put together. It serves at once; the files are read meanwhile. */
export async function openEndpoint(
  endpoint: EndpointOptions,
  options?: LibraryOptions,
): Promise<Endpoint> {
  const ended = new AbortController()
  const library = openLibrary(endpoint, ended.signal, options)
  try {
    const server = await createServer(library, endpoint)
    const close = (): Promise<void> => {
      ended.abort()
      return server.close()
    }
    return { url: server.url, update: library.update, close }
  } catch (error) {
    ended.abort()
    throw error
  }
}
