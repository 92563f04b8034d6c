import type { Memento } from 'vscode'
import { learn, NOTHING_LEARNED, type Learned } from '../../usage/charactersPerToken.ts'
import type { Settings } from '../../settings/settings.ts'

/** How many characters a token has, of each model that has been asked. */
export interface TokenRatios {
  of(settings: Pick<Settings, 'endpoint' | 'model'>): number
  learn(
    settings: Pick<Settings, 'endpoint' | 'model'>,
    sent: { characters: number; promptTokens: number },
  ): Promise<void>
}

const KEY = 'charactersPerToken'

/** So many models are remembered, those that were asked last. */
const MAX_MODELS = 50

/** Kept where VS Code keeps an extension's state. */
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

/** A model has the same tokens wherever it runs; one without a name is that of its endpoint. */
function nameOf({ endpoint, model }: Pick<Settings, 'endpoint' | 'model'>): string {
  return model === '' ? endpoint : model
}
