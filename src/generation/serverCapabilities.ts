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
