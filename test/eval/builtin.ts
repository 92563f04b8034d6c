import { openLibrary } from '../../src/builtin/library.ts'
import { serve } from '../../src/builtin/server.ts'

/** The built-in endpoint for an evaluation. `exclude`: globs of the files that have the gaps */
export async function serveBuiltin(
  folder: string | null,
  exclude: readonly string[],
): Promise<{ url: string; token: string; close: () => Promise<void> }> {
  const library = openLibrary(
    // Without `open`, the result would depend on which files were changed last.
    { roots: folder === null ? [] : [folder], exclude, open: [] },
    { firstScan: 30_000 },
  )
  const token = 'evaluation'
  const server = await serve(library, { token, port: 0 })
  return { url: server.url, token, close: () => server.close() }
}
