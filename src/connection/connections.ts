import type { Connection, Wire } from '../generation/connection.ts'
import type { Settings } from '../settings/settings.ts'
import type { Connector } from './connector.ts'
import type { DetectedServer } from './detectServer.ts'
import { shareTask, type SharedTask } from './sharedTask.ts'

/** The connections of this window. Each server is detected once. */
export interface Connections {
  /** @throws CompletionError; the signal's reason when it is aborted */
  connect(settings: Settings, signal: AbortSignal): Promise<Connection>
}

export function createConnections(connector: Pick<Connector, 'connect'>): Connections {
  const detections = new Map<string, SharedTask<DetectedServer>>()

  function detect(wire: Wire, settings: Settings): SharedTask<DetectedServer> {
    const { endpoint, server, model } = settings
    const key = JSON.stringify([endpoint, server, model])
    const known = detections.get(key)
    if (known !== undefined) return known
    // Only itself: a later detection may have replaced it.
    const forget = (): void => {
      if (detections.get(key) === detection) detections.delete(key)
    }
    // Runs under a signal of its own: a caller that stops does not stop the others.
    const detection = shareTask(async (signal) => {
      try {
        const { detectServer } = await import('./detectServer.ts')
        const detected = await detectServer(wire, settings, signal)
        // A server that is still loading may be recognized the next time.
        if (!detected.isCertain) forget()
        return detected
      } catch (error) {
        forget()
        throw error
      }
    }, forget)
    detections.set(key, detection)
    return detection
  }

  return {
    async connect(settings, signal) {
      const wire = await connector.connect(settings)
      const { profile, models, isCertain } = await detect(wire, settings).wait(signal)
      const [only, ...others] = new Set(models.map(({ id }) => id))
      const model = settings.model || (others.length === 0 ? (only ?? '') : '')
      const context = models.find(({ id }) => id === model)?.contextLength
      return { ...wire, profile, isCertain, model, context }
    },
  }
}
