/**
 * An amount of dollars: with cents, and below a cent with two digits that are not 0. An estimate is
 * marked with `~`.
 */
export function dollars(amount: number, estimated = false): string {
  const digits = amount === 0 || amount >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(amount)))
  return `${estimated ? '~' : ''}$${amount.toFixed(digits)}`
}
