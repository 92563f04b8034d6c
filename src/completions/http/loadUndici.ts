import type * as Undici from 'undici'

/**
 * undici registers its agent as the process's global dispatcher when it is imported, and Node's own
 * `fetch` reads the older of the two symbols. In the extension host, this would disable VS Code's
 * proxy support for all other extensions (nodejs/undici#5500). So both are restored.
 */
export async function loadUndici(): Promise<typeof Undici.default> {
  const symbols = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(Symbol.for)
  const before = symbols.map((symbol) => Reflect.get(globalThis, symbol))
  // The default export: the esbuild chunk of a CommonJS module has no other.
  const { default: undici } = await import('undici')
  for (const [index, symbol] of symbols.entries()) {
    if (symbol in globalThis) Reflect.set(globalThis, symbol, before[index])
  }
  return undici
}
