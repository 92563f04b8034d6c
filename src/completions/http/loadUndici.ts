import type * as Undici from 'undici'

/**
 * undici registers its agent as the process's global dispatcher as soon as it is imported, and Node's
 * own `fetch` reads the older of the two symbols: in the extension host that would take VS Code's
 * proxy support away from every other extension (nodejs/undici#5500). So both are put back.
 */
export async function loadUndici(): Promise<typeof Undici.default> {
  const symbols = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(Symbol.for)
  const before = symbols.map((symbol) => Reflect.get(globalThis, symbol))
  // The default export: of a CommonJS module, esbuild's chunk has no other.
  const { default: undici } = await import('undici')
  for (const [index, symbol] of symbols.entries()) {
    if (symbol in globalThis) Reflect.set(globalThis, symbol, before[index])
  }
  return undici
}
