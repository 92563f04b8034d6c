/** An in-memory implementation of VS Code's `Memento` */
export function memory(): {
  get: <T>(key: string, byDefault?: T) => T
  update: (key: string, value: unknown) => Promise<void>
  keys: () => readonly string[]
} {
  const state = new Map<string, unknown>()
  return {
    get: <T>(key: string, byDefault?: T) => (state.get(key) ?? byDefault) as T,
    update: async (key, value) => void state.set(key, value),
    keys: () => [...state.keys()],
  }
}
