import type { TextFilter } from './filter.ts'

/**
 * Lets LF only pass, and whole characters only: a CR is kept back until it is known whether an LF
 * follows, and the first half of a surrogate pair until the second is there.
 */
export function wholeCharacters(): TextFilter {
  let kept = ''
  return {
    take(text) {
      const all = kept + text
      const last = all.charCodeAt(all.length - 1)
      const waits = last === 0x0d || (last >= 0xd800 && last <= 0xdbff)
      kept = waits ? all.slice(-1) : ''
      return lineFeeds(waits ? all.slice(0, -1) : all)
    },
    rest() {
      const all = kept
      kept = ''
      return lineFeeds(all)
    },
    ended: false,
  }
}

function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}
