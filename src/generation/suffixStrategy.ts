import { CompletionError } from '../completions/errors.ts'
import { TEMPLATES, templateOf, type FimTemplate } from '../infill/templates.ts'
import type { ServerProfile, SuffixMode } from '../servers/profile.ts'
import type { ServerCapabilities } from './serverCapabilities.ts'
import type { Settings } from '../settings/settings.ts'

/** How one request brings the suffix to the model. */
export interface SuffixStrategy {
  mode: SuffixMode
  /** That of the model, where its family is known: of its tokens none belongs into the document. */
  template: FimTemplate | null
}

export interface Circumstances {
  settings: Pick<Settings, 'suffix' | 'template'>
  profile: Pick<ServerProfile, 'title' | 'field' | 'template'>
  model: string
  /** Of the document */
  suffix: string
  learned: ServerCapabilities
}

/**
 * The best way that is known to work, or `ask` when the server has to be asked first whether it
 * takes a suffix.
 *
 * @throws CompletionError `invalid_request` when the settings want what cannot be done
 */
export function chooseSuffixStrategy(circumstances: Circumstances): SuffixStrategy | 'ask' {
  const { settings, profile, model, suffix, learned } = circumstances
  const template = templateOf(settings.template, model)
  if (settings.template !== 'auto' && template === null) {
    const known = TEMPLATES.map(({ id }) => `"${id}"`).join(', ')
    throw invalid(`The setting infill.template must be "auto" or one of ${known}.`)
  }
  switch (settings.suffix) {
    case 'field':
      // Some of them ignore it; others write it into the answer, and so into the document.
      if (profile.field === 'never' || learned.suffix === 'echoed') {
        throw invalid(
          `${profile.title} has no use for a suffix in its own field. Set infill.suffix to "auto", or infill.server to what it is.`,
        )
      }
      return { mode: 'field', template }
    case 'template':
      if (template !== null) return { mode: 'template', template }
      throw invalid(
        `No fill-in-the-middle template is known for the model "${model}". Name one in infill.template.`,
      )
    case 'off':
      return { mode: 'off', template }
    case 'auto':
      // Nothing is to be said of what follows, so no way is needed to say it.
      if (suffix.trim() === '') return { mode: 'off', template }
      if (profile.field !== 'never' && learned.suffix === undefined) {
        return profile.field === 'honoured' ? { mode: 'field', template } : 'ask'
      }
      if (profile.field !== 'never' && learned.suffix === 'honoured')
        return { mode: 'field', template }
      return { mode: profile.template && template !== null ? 'template' : 'off', template }
  }
}

function invalid(message: string): CompletionError {
  return new CompletionError('invalid_request', message)
}
