import type { Connector, Wire } from './connector.ts'
import type { Settings } from '../settings/settings.ts'
import type { Connection } from '../generation/connection.ts'
import type { DetectedServer } from './detectServer.ts'

/** The connections of this window: what was found out about an endpoint is found out once. */
export interface Connections {
  connect(settings: Settings, signal: AbortSignal): Promise<Connection>
}

export function createConnections(connector: Connector): Connections {
  const found = new Map<string, Promise<DetectedServer>>()

  function find(wire: Wire, settings: Settings, signal: AbortSignal): Promise<DetectedServer> {
    const name = `${settings.endpoint} ${settings.server}`
    const known = found.get(name)
    if (known !== undefined) return known
    const finding = import('./detectServer.ts').then(({ detectServer }) =>
      detectServer(wire, settings, signal),
    )
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
