import type { Connector, Wire } from '../settings/connect.ts'
import type { Settings } from '../settings/settings.ts'
import type { Connection } from './ask.ts'
import type { Found } from './findOut.ts'

/** The connections of this window: what was found out about an endpoint is found out once. */
export interface Connections {
  connect(settings: Settings, signal: AbortSignal): Promise<Connection>
}

export function createConnections(connector: Connector): Connections {
  const found = new Map<string, Promise<Found>>()

  function find(wire: Wire, settings: Settings, signal: AbortSignal): Promise<Found> {
    const name = `${settings.endpoint} ${settings.server}`
    const known = found.get(name)
    if (known !== undefined) return known
    const finding = import('./findOut.ts').then(({ findOut }) => findOut(wire, settings, signal))
    found.set(name, finding)
    // What failed is tried again the next time.
    finding.catch(() => found.delete(name))
    return finding
  }

  return {
    async connect(settings, signal) {
      const wire = await connector.connect(settings)
      const { profile, models } = await find(wire, settings, signal)
      const [only] = models.length === 1 ? models : []
      return { ...wire, profile, model: settings.model || (only?.id ?? '') }
    },
  }
}
