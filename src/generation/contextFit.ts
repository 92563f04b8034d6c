import type { CompletionError } from '../completions/errors.ts'
import type { CompletionRequest } from '../completions/types.ts'
import { fitContext } from '../infill/context/fitContext.ts'
import { projectLength, type ProjectContext } from '../infill/project/projectContext.ts'
import { contextLimitOf } from '../servers/contextLimit.ts'
import type { Settings } from '../settings/settings.ts'
import { CHARACTERS_PER_TOKEN, estimateTokens } from '../usage/estimate.ts'
import { charactersPerTokenOf } from '../usage/script.ts'

/** What is sent instead of a context that is too long for the server */
export interface Fitted {
  /** The server's limit, in tokens */
  context: number
  /** Length of prompt and suffix */
  characters: number
  /** The lines of the context that are not sent */
  omitted: { before: number; after: number }
}

interface Text {
  prompt: string
  suffix: string
  project?: ProjectContext | undefined
}

/** Special tokens of a template, and the error of an estimate, in tokens */
const MARGIN = 32

/**
 * As much of a text as fits into the context of a server, together with the completion.
 *
 * @param limit the context of the server, in tokens
 * @param charactersPerToken of the model, if they were measured
 * @returns `null` when all of it fits; without other files
 */
export function fit(
  text: Text,
  limit: number,
  { maxTokens, prefixShare }: Pick<Settings, 'maxTokens' | 'prefixShare'>,
  charactersPerToken: number | undefined,
): (Text & Fitted) | null {
  const all = text.prompt + text.suffix
  const ratio = charactersPerTokenOf(all, charactersPerToken)
  const tokens = Math.max(limit - maxTokens - MARGIN, Math.floor(limit / 4))
  const others = text.project === undefined ? 0 : projectLength(text.project)
  if (estimateTokens(all.length + others, ratio) <= tokens) return null
  // Other files are given up before any text of the document.
  const found = fitContext(text, { characters: Math.floor(tokens * ratio), prefixShare })
  return { ...found, context: limit, characters: found.prompt.length + found.suffix.length }
}

/** Below this, a context is of no use, in tokens. */
const MIN_CONTEXT = 128

/**
 * What a refusal of a prompt that is too long says about the server.
 *
 * @param known the context that was assumed, in tokens; `Infinity`: none
 * @param charactersPerToken that were assumed
 * @returns `null` when there is nothing more to try
 */
export function limitFrom(
  error: CompletionError,
  { prompt, suffix = '', max_tokens }: CompletionRequest,
  known: number,
  charactersPerToken: number = CHARACTERS_PER_TOKEN,
): { context: number; charactersPerToken: number } | null {
  const stated = contextLimitOf(error)
  const characters = String(prompt).length + suffix.length
  const sent = estimateTokens(characters, charactersPerToken) + max_tokens
  const context = stated?.context ?? Math.floor(Math.min(known, sent) / 2)
  if (context < MIN_CONTEXT) return null
  if (context < known) return { context, charactersPerToken }
  // It was known, so the text has more tokens than estimated.
  const measured = characters / (stated?.requested ?? 0)
  const ratio = Math.min(measured, charactersPerToken) * 0.8
  return ratio < 0.2 ? null : { context: known, charactersPerToken: ratio }
}
