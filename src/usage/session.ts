/** What all runs of this window have used. */
export interface SessionUsage {
  runs: number
  prompt_tokens: number
  completion_tokens: number
  /** Whether any of it is an estimate */
  estimated: boolean
  /** Of the runs that have a price; `null` if none has */
  dollars: number | null
}

export const NO_USAGE: SessionUsage = {
  runs: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  estimated: false,
  dollars: null,
}

/** With one more run. @param dollars `null` without a price */
export function withRun(
  before: SessionUsage,
  cost: Pick<SessionUsage, 'prompt_tokens' | 'completion_tokens' | 'estimated'>,
  dollars: number | null,
): SessionUsage {
  return {
    runs: before.runs + 1,
    prompt_tokens: before.prompt_tokens + cost.prompt_tokens,
    completion_tokens: before.completion_tokens + cost.completion_tokens,
    estimated: before.estimated || cost.estimated,
    dollars: dollars === null ? before.dollars : (before.dollars ?? 0) + dollars,
  }
}
