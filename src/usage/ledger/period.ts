/**
 * A span of time in the user's time zone: a day `2026-11-27`, a month `2026-11`, or a year `2026`. A
 * period begins with each longer period that contains it.
 */
export type Period = string

/** The local day of a time. @param at ms since 1970 */
export function dayOf(at: number): Period {
  const date = new Date(at)
  const year = String(date.getFullYear()).padStart(4, '0')
  return `${year}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

/** The local month of a time. @param at ms since 1970 */
export function monthOf(at: number): Period {
  return dayOf(at).slice(0, MONTH)
}

/** The local day that is this many days before a time. */
export function daysBefore(at: number, days: number): Period {
  const date = new Date(at)
  // Not 24 h each: a day has 23 or 25 hours when the clocks change.
  date.setDate(date.getDate() - days)
  return dayOf(date.getTime())
}

/** Length of a day, a month and a year */
export const DAY = 10
export const MONTH = 7
export const YEAR = 4

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
