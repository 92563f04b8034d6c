import type { Memento } from 'vscode'
import { learn, NOTHING_LEARNED, type Learned } from '../../usage/charactersPerToken.ts'
import type { Settings } from '../../settings/settings.ts'

/** Characters per token of each model that was used. */
export interface TokenRatios {
  of(settings: Pick<Settings, 'endpoint' | 'model'>): number
  learn(
    settings: Pick<Settings, 'endpoint' | 'model'>,
    sent: { characters: number; promptTokens: number },
  ): Promise<void>
}

const KEY = 'charactersPerToken'

/** Maximum number of stored models; the most recently used are kept. */
const MAX_MODELS = 50

/** Stored in VS Code's extension state. */
export function tokenRatiosIn(memento: Pick<Memento, 'get' | 'update'>): TokenRatios {
  const read = (): Record<string, Learned> => memento.get<Record<string, Learned>>(KEY, {})
  return {
    of: (settings) => (read()[nameOf(settings)] ?? NOTHING_LEARNED).charactersPerToken,
    async learn(settings, { characters, promptTokens }) {
      const name = nameOf(settings)
      const { [name]: before = NOTHING_LEARNED, ...others } = read()
      const after = learn(before, characters, promptTokens)
      if (after === before) return
      const kept = Object.entries(others).slice(1 - MAX_MODELS)
      await memento.update(KEY, { ...Object.fromEntries(kept), [name]: after })
    },
  }
}

/**
 * A model has the same tokens on every server. A model without a name is identified by its
 * endpoint.
 */
function nameOf({ endpoint, model }: Pick<Settings, 'endpoint' | 'model'>): string {
  return model === '' ? endpoint : model
}
