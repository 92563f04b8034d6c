import type { Cost } from './progress.ts'

/** Dollars per million tokens */
export interface Price {
  readonly input: number
  readonly output: number
  /** Of prompt tokens that the server had cached; by default, the same as `input` */
  readonly cachedInput?: number
}

/** Model → price. `*` in a name stands for any text. */
export type Prices = Readonly<Record<string, Price>>

/**
 * The price of a model: that of its own name, else that of the longest pattern; `null` without one.
 * Upper and lower case are the same.
 */
export function priceOf(model: string, prices: Prices): Price | null {
  const name = model.toLowerCase()
  const matching = Object.entries(prices)
    .filter(([pattern]) => matches(name, pattern.toLowerCase()))
    .toSorted(([a], [b]) => rank(b) - rank(a))
  return matching[0]?.[1] ?? null
}

function matches(name: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  if (end === undefined) return name === pattern
  if (!name.startsWith(start)) return false
  let at = start.length
  // No regular expression: a pattern with many stars would take very long.
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return name.length - end.length >= at && name.endsWith(end)
}

function rank(pattern: string): number {
  return pattern.includes('*') ? pattern.length : Infinity
}

/** The dollars of one run. */
export function dollarsFor(
  {
    prompt_tokens,
    cached_tokens,
    completion_tokens,
  }: Pick<Cost, 'prompt_tokens' | 'cached_tokens' | 'completion_tokens'>,
  { input, output, cachedInput = input }: Price,
): number {
  const cached = Math.min(prompt_tokens, cached_tokens ?? 0)
  const perMillion =
    (prompt_tokens - cached) * input + cached * cachedInput + completion_tokens * output
  return perMillion / 1e6
}
