import { join } from '../../completions/dialect.ts'

/** The URL of a sibling of `/v1`: `http://host/proxy/v1` and `infill` → `http://host/proxy/infill`. */
export function siblingOfV1(base: URL, path: string): URL {
  return replacePathEnd(base, /\/v1$/, path)
}

/** Replaces the end of the base URL's path, if it matches; otherwise appends to it. */
export function replacePathEnd(base: URL, end: RegExp, path: string): URL {
  const root = new URL(base)
  root.pathname = root.pathname.replace(/\/+$/, '').replace(end, '')
  return join(root, path)
}
