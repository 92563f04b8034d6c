import type { End, FilterEnd, UserEnd } from '../../usage/progress.ts'
import type { Translate } from '../translate.ts'

export interface EndText {
  icon: string
  /** Empty for an ordinary end */
  words: string
}

/** Why a run ended, for the status bar. */
export function endText(end: End, t: Translate): EndText {
  switch (end.by) {
    case 'server':
      return serverEnd(end.reason, t)
    case 'filter':
      return filterEnd(end.reason, t)
    case 'user':
      return userEnd(end.reason, t)
  }
}

function serverEnd(reason: string, t: Translate): EndText {
  switch (reason) {
    case 'stop':
      return { icon: 'check', words: '' }
    case 'length':
      return { icon: 'warning', words: t('Stopped at max_tokens') }
    case 'content_filter':
      return { icon: 'warning', words: t('Stopped by content filter') }
    case 'empty':
      return { icon: 'info', words: t('Empty completion') }
    default:
      // A finish_reason that is not in the API, as the server sent it.
      return { icon: 'warning', words: reason }
  }
}

function filterEnd(reason: FilterEnd, t: Translate): EndText {
  switch (reason) {
    case 'overlapped':
      return { icon: 'info', words: t('Nothing new to insert') }
    case 'blockEnd':
      return { icon: 'check', words: t('Stopped at end of block') }
    case 'repeating':
      return { icon: 'warning', words: t('Stopped: repetition') }
    case 'same':
      return { icon: 'info', words: t('Same result') }
  }
}

function userEnd(reason: UserEnd, t: Translate): EndText {
  switch (reason) {
    case 'cancelled':
      return { icon: 'debug-stop', words: t('Stopped') }
    case 'undone':
      return { icon: 'discard', words: t('Undone') }
    case 'edited':
      return { icon: 'debug-stop', words: t('Stopped: edited') }
    case 'closed':
      return { icon: 'debug-stop', words: t('Document closed') }
  }
}
