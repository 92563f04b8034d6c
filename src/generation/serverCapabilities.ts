/** What was learned about one model behind one endpoint, so that it is not asked again each time. */
export interface ServerCapabilities {
  /** What became of a suffix in its own field */
  suffix?: 'honoured' | 'ignored' | 'echoed' | 'refused'
  /** Optional fields of the request that were refused by name */
  refused?: readonly string[]
  /** Maximum number of tokens of prompt and completion together */
  context?: number
}

export interface CapabilityStore {
  of(endpoint: string, model: string): ServerCapabilities
  add(endpoint: string, model: string, learned: ServerCapabilities): Promise<void>
}

/** A store whose additions are forgotten with it */
export function forOneRun(store: CapabilityStore): CapabilityStore {
  let own: ServerCapabilities = {}
  return {
    of: (endpoint, model) => ({ ...store.of(endpoint, model), ...own }),
    async add(endpoint, model, learned) {
      const before = store.of(endpoint, model).refused ?? []
      const refused = [...new Set([...before, ...(own.refused ?? []), ...(learned.refused ?? [])])]
      own = { ...own, ...learned, refused }
    },
  }
}
