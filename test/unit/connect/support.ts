import { createClient, type Transport } from '../../../src/completions/index.ts'
import type { Wire } from '../../../src/generation/connection.ts'
import type { CapabilityStore } from '../../../src/generation/serverCapabilities.ts'
import { baseUrl } from '../../../src/settings/endpoint.ts'
import { parseSettings, type Settings } from '../../../src/settings/settings.ts'

/** The wire to an endpoint, as the editor makes it */
export function wireTo(settings: Settings, apiKey: string | null, { send }: Transport): Wire {
  const requestOptions = { base: baseUrl(settings.endpoint), apiKey }
  return {
    base: requestOptions.base,
    requestOptions,
    send,
    client: (dialect, own) =>
      createClient({ ...settings, ...requestOptions, ...own, send, ...(dialect && { dialect }) }),
  }
}

export function settingsOf(values: Partial<Settings>): Settings {
  const all: Record<string, unknown> = values
  return parseSettings((name) => all[name])
}

/** Nothing was learned before, and nothing is kept. */
export const NOTHING_LEARNED: CapabilityStore = { of: () => ({}), add: async () => undefined }
