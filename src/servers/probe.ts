import type { Completion, CompletionRequest } from '../completions/types.ts'

/**
 * What a server does with a suffix. The HTTP status does not show it: some servers ignore the suffix,
 * and some append it to the completion. The number of prompt tokens does, so two requests for one
 * token each, with and without a suffix, give a reproducible result.
 */
export type Verdict = 'honoured' | 'ignored' | 'echoed' | 'unknown'

/** No model generates this by itself, least of all in one token. */
const MARK = 'zqxj'

const LINES = 32

/** Each line is at least two tokens in every known tokenizer. */
const SUFFIX = `\n${Array.from({ length: LINES }, (_, line) => `${MARK}${line + 10}`).join('\n')}\n`

/** The maximum number of tokens by which an ignored suffix changes the count, such as the word "None" */
const NOISE = 4

/** Two requests, to be sent without streaming, the one without suffix first. */
export function probeRequests(
  model: string,
  max_tokens = 1,
): {
  without: CompletionRequest
  with: CompletionRequest
} {
  const without: CompletionRequest = {
    ...(model !== '' && { model }),
    prompt: 'function add(a, b) {\n  return ',
    max_tokens,
    temperature: 0,
  }
  return { without, with: { ...without, suffix: SUFFIX } }
}

/** Compares the two completions. `unknown` without usage and with implausible usage. */
export function judgeProbe(plain: Completion, suffixed: Completion): Verdict {
  if (suffixed.choices.some(({ text }) => text.includes(MARK))) return 'echoed'
  const [before, after] = [plain.usage?.prompt_tokens ?? 0, suffixed.usage?.prompt_tokens ?? 0]
  if (before === 0 || after === 0) return 'unknown'
  const growth = after - before
  if (growth >= LINES) return 'honoured'
  return Math.abs(growth) <= NOISE ? 'ignored' : 'unknown'
}
