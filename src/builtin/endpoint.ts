import { openCorpus } from './corpus.ts'
import { createServer, type Server } from './server.ts'
import { workspaceModel } from './workspaceModel.ts'

export interface EndpointOptions {
  /** Folders whose text the model reads. */
  readonly roots: readonly string[]
  readonly token: string
  /** 0, the default, for any free port. */
  readonly port?: number
}

/** The server and its model, put together. It serves at once; the files are read meanwhile. */
export async function openEndpoint({ roots, ...server }: EndpointOptions): Promise<Server> {
  const ended = new AbortController()
  const corpus = openCorpus(roots, ended.signal)
  try {
    const listening = await createServer({ model: workspaceModel(corpus), ...server })
    return {
      url: listening.url,
      async close() {
        ended.abort()
        await listening.close()
      },
    }
  } catch (error) {
    ended.abort()
    throw error
  }
}
