import { startBuiltin, type Builtin, type StartOptions } from './start.ts'

/** One built-in endpoint: started at the first use, and again when it is asked for after it died. */
export interface OnDemand {
  get(): Promise<Builtin>
  /** Tells the endpoint, if it runs, that the workspace has changed. */
  refresh(): void
  dispose(): Promise<void>
}

export function builtinOnDemand(options: () => StartOptions): OnDemand {
  let current: Promise<Builtin> | undefined

  async function start(): Promise<Builtin> {
    try {
      const builtin = await startBuiltin(options())
      void builtin.ended.then(forget)
      return builtin
    } catch (error) {
      forget()
      throw error
    }
  }
  function forget(): void {
    current = undefined
  }

  return {
    get: () => (current ??= start()),
    refresh() {
      void current?.then((builtin) => builtin.update(options().workspace)).catch(() => undefined)
    },
    async dispose() {
      await (await current)?.dispose()
    },
  }
}
