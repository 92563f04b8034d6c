import { join } from '../../completions/dialect.ts'

/** What stands beside `/v1`: `http://host/proxy/v1` and `infill` → `http://host/proxy/infill`. */
export function beside(base: URL, path: string): URL {
  return replacing(/\/v1$/, base, path)
}

/** The same in place of what the base URL's path ends with, if it does. */
export function replacing(end: RegExp, base: URL, path: string): URL {
  const root = new URL(base)
  root.pathname = root.pathname.replace(/\/+$/, '').replace(end, '')
  return join(root, path)
}
