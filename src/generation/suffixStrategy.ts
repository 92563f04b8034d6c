import { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'
import { fimSupportOf } from '../infill/fimSupport.ts'
import { TEMPLATES, templateOf, type FimTemplate } from '../infill/templates.ts'
import type { ServerProfile, SuffixMode } from '../servers/profile.ts'
import type { ServerCapabilities } from './serverCapabilities.ts'
import type { Settings } from '../settings/settings.ts'

/** How one request sends the suffix. */
export interface SuffixStrategy {
  mode: SuffixMode
  /** Of the model, if its family is known: its tokens never belong into the document. */
  template: FimTemplate | null
}

export interface StrategyOptions {
  settings: Pick<Settings, 'suffix' | 'template'>
  profile: Pick<ServerProfile, 'title' | 'field' | 'template' | 'chat'>
  model: string
  /** Of the document */
  suffix: string
  learned: ServerCapabilities
}

/**
 * The best strategy that is known to work, or `probe` when a probe has to decide whether the server
 * supports a suffix.
 *
 * @throws CompletionError `invalid_request` when the settings require what the server cannot do
 */
export function chooseSuffixStrategy(options: StrategyOptions): SuffixStrategy | 'probe' {
  const { settings, profile, model, suffix, learned } = options
  const template = templateOf(settings.template, model)
  if (settings.template !== 'auto' && template === null) {
    throw invalid({ id: 'unknownTemplate', known: TEMPLATES.map(({ id }) => id) })
  }
  // A template in the settings says that the name means another model.
  if (settings.template === 'auto' && fimSupportOf(model) === 'nextEdit') {
    throw invalid({ id: 'nextEditModel', model })
  }
  if (profile.chat === 'only') return { mode: 'chat', template: null }
  switch (settings.suffix) {
    case 'field':
      // Some servers ignore the field; others repeat it in the completion.
      if (profile.field === 'never' || learned.suffix === 'echoed') {
        throw invalid({ id: 'suffixFieldUnsupported', server: profile.title })
      }
      return { mode: 'field', template }
    case 'template':
      if (template !== null) return { mode: 'template', template }
      throw invalid({ id: 'noTemplateForModel', model })
    case 'off':
      return { mode: 'off', template }
    case 'chat':
      if (profile.chat === false) throw invalid({ id: 'chatUnsupported', server: profile.title })
      return { mode: 'chat', template }
    case 'auto':
      // An empty suffix needs no strategy.
      if (suffix.trim() === '') return { mode: 'off', template }
      if (profile.field !== 'never' && learned.suffix === undefined) {
        return profile.field === 'honoured' ? { mode: 'field', template } : 'probe'
      }
      if (profile.field !== 'never' && learned.suffix === 'honoured')
        return { mode: 'field', template }
      if (profile.template && template !== null) return { mode: 'template', template }
      // A suffix without a visible effect costs little: the server may use it all the same.
      return { mode: learned.suffix === 'ignored' ? 'field' : 'off', template }
  }
}

function invalid(problem: Problem): CompletionError {
  return new CompletionError('invalid_request', problem)
}
