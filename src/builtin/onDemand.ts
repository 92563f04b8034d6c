import { startBuiltin, type Builtin, type StartOptions } from './start.ts'

/** The built-in endpoint, started at first use. After a crash, the next use starts it again. */
export interface OnDemand {
  /** @throws when it does not start; see `startBuiltin` */
  get(): Promise<Builtin>
  /** Sends the current workspace to the endpoint, if it is running. */
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
