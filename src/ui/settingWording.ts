import type { Problem } from '../completions/problems.ts'
import { expectedWords, quoted } from './phrases.ts'
import type { Translate } from './translate.ts'

/** A problem of the user's settings */
export type SettingProblem = Extract<
  Problem,
  {
    id:
      | 'invalidSetting'
      | 'unknownProfile'
      | 'notInProfiles'
      | 'bestOfNotGreater'
      | 'endpointNotUrl'
      | 'unknownTemplate'
      | 'noTemplateForModel'
      | 'suffixFieldUnsupported'
  }
>

/** Puts a problem of the settings into one sentence. */
export function settingMessage(problem: SettingProblem, t: Translate): string {
  switch (problem.id) {
    case 'invalidSetting': {
      const { name, value } = problem
      const expected = expectedWords(problem.expected, t)
      return t('The setting {name} must be {expected}; it is {value}.', { name, expected, value })
    }
    case 'unknownProfile':
      return t('There is no profile “{name}” in infill.profiles. It has: {known}.', {
        name: problem.name,
        known: problem.known.join(', ') || '–',
      })
    case 'notInProfiles':
      return t('The setting {name} is not known, or cannot be part of a profile.', { ...problem })
    case 'bestOfNotGreater':
      return t(
        'The setting infill.bestOf must be greater than infill.n; they are {bestOf} and {n}.',
        { ...problem },
      )
    case 'endpointNotUrl':
      return t(
        'The setting infill.endpoint must be "builtin" or a URL such as http://127.0.0.1:11434/v1; it is "{value}".',
        { ...problem },
      )
    case 'unknownTemplate':
      return t('The setting infill.template must be "auto" or one of {known}.', {
        known: quoted(problem.known),
      })
    case 'noTemplateForModel':
      return t(
        'No fill-in-the-middle template is known for the model "{model}". Set infill.template.',
        { ...problem },
      )
    case 'suffixFieldUnsupported':
      return t(
        '{server} does not support a suffix field. Set infill.suffix to "auto", or infill.server to the actual server.',
        { ...problem },
      )
  }
}
