/** How likely a token was, in steps that can be told apart in a text. The first is the most likely. */
export const LEVELS = ['veryLikely', 'likely', 'unsure', 'unlikely'] as const

export type Level = (typeof LEVELS)[number]

/** The lowest probability of each level */
const LOWEST: Readonly<Record<Level, number>> = {
  veryLikely: 0.9,
  likely: 0.5,
  unsure: 0.2,
  unlikely: 0,
}

/** @param logprob natural logarithm of the probability */
export function levelOf(logprob: number): Level {
  const probability = Math.exp(logprob)
  return LEVELS.find((level) => probability >= LOWEST[level]) ?? 'unlikely'
}
