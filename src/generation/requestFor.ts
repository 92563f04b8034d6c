import type { CompletionRequest } from '../completions/types.ts'
import type { ProjectContext } from '../infill/project/projectContext.ts'
import { asComments } from '../infill/project/repositoryFormat.ts'
import { render } from '../infill/templates.ts'
import type { ServerProfile, SuffixMode } from '../servers/profile.ts'
import { toRequest, type Context } from '../servers/request.ts'
import type { NegotiateOptions, PromptAndSuffix } from './negotiate.ts'
import type { SuffixStrategy } from './suffixStrategy.ts'

/** Modes whose dialects encode the suffix of the request */
const SENDS_SUFFIX: ReadonlySet<SuffixMode> = new Set(['field', 'chat'])

/** The request that sends a context in the way of a strategy. */
export function requestFor(
  { prompt, suffix, project }: PromptAndSuffix,
  { mode, template }: SuffixStrategy,
  { connection, settings, capabilities, fields }: NegotiateOptions,
): CompletionRequest {
  const { profile, model, base } = connection
  // The chat API has neither, and a request with `best_of` is not streamed.
  const unknown = mode === 'chat' ? ['best_of', 'echo'] : []
  const refused = new Set([...(capabilities.of(base.href, model).refused ?? []), ...unknown])
  const context: Context =
    mode === 'template' && template !== null
      ? {
          prompt: render(template, { prompt, suffix, project }),
          suffix: null,
          stops: template.stops,
        }
      : {
          ...withOtherFiles(prompt, project, mode, profile),
          suffix: SENDS_SUFFIX.has(mode) ? suffix : null,
          stops: [],
        }
  return { ...toRequest(context, { ...settings, model }, profile, refused), ...fields }
}

/** In a field of the server, or else as comments before the prompt */
function withOtherFiles(
  prompt: string,
  project: ProjectContext | undefined,
  mode: SuffixMode,
  { otherFiles }: ServerProfile,
): Pick<Context, 'prompt' | 'input_extra'> {
  if (project === undefined || otherFiles === 'reads') return { prompt }
  if (otherFiles === undefined || mode !== 'field') return { prompt: asComments(project) + prompt }
  const files = project.snippets.map(({ path, text }) => ({ filename: path, text }))
  return { prompt, input_extra: files }
}
