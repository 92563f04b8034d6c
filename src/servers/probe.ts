import type { Completion, CompletionRequest } from '../completions/types.ts'

/**
 * Whether a server does what a suffix is for cannot be seen from its status: some ignore it, and some
 * write it into the answer. It can be seen from the number of prompt tokens that they count, so two
 * requests for one token tell, always the same way.
 */
export type Verdict = 'honoured' | 'ignored' | 'echoed' | 'unknown'

/** No model writes this by itself, and least of all in one token. */
const MARK = 'zqxj'

const LINES = 32

/** In every tokenizer there is, each line takes two tokens at the least. */
const SUFFIX = `\n${Array.from({ length: LINES }, (_, line) => `${MARK}${line + 10}`).join('\n')}\n`

/** How many tokens a suffix that is ignored can add: a word such as "None" that stands for it */
const NOISE = 4

/** Both are to be asked for as a whole, the one without first. */
export function probeRequests(model: string): {
  without: CompletionRequest
  with: CompletionRequest
} {
  const without: CompletionRequest = {
    ...(model !== '' && { model }),
    prompt: 'function add(a, b) {\n  return ',
    max_tokens: 1,
    temperature: 0,
  }
  return { without, with: { ...without, suffix: SUFFIX } }
}

/** What the answers to the two say. Without usage, and with usage that makes no sense: nothing. */
export function judgeProbe(plain: Completion, suffixed: Completion): Verdict {
  if (suffixed.choices.some(({ text }) => text.includes(MARK))) return 'echoed'
  const [before, after] = [plain.usage?.prompt_tokens ?? 0, suffixed.usage?.prompt_tokens ?? 0]
  if (before === 0 || after === 0) return 'unknown'
  const growth = after - before
  if (growth >= LINES) return 'honoured'
  return Math.abs(growth) <= NOISE ? 'ignored' : 'unknown'
}
