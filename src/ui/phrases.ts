import type { CaFileFault, Expected, Problem } from '../completions/problems.ts'
import { dollars } from './usage/dollars.ts'
import type { UsageNotice } from '../usage/notices.ts'
import type { Notice } from '../generation/notices.ts'
import type { Translate } from './translate.ts'

/** Why a connection failed, by the `code` of Node's or undici's error. */
export function reasonFor(code: string, t: Translate): string {
  switch (code) {
    case 'ECONNREFUSED':
      return t('connection refused')
    case 'ENOTFOUND':
      return t('host not found')
    case 'EAI_AGAIN':
      return t('the host name could not be resolved')
    case 'ECONNRESET':
      return t('the connection was reset')
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return t('the connection timed out')
    case 'EHOSTUNREACH':
      return t('the host is unreachable')
    case 'ENETUNREACH':
      return t('the network is unreachable')
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return t('it does not use TLS; the URL may have to begin with http:')
    case 'UND_ERR_HEADERS_TIMEOUT':
      return t('no response within the timeout')
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_PRX_CONN':
      return t('the connection was closed without a response')
    default:
      return code === '' ? t('the connection failed') : code
  }
}

export function proxyName(proxy: string | null, t: Translate): string {
  return proxy === null ? t('The proxy') : t('The proxy {proxy}', { proxy })
}

export function caFileFault(fault: CaFileFault, t: Translate): string {
  switch (fault) {
    case 'not-absolute':
      return t('must be an absolute path')
    case 'missing':
      return t('does not exist')
    case 'unreadable':
      return t('cannot be read')
    case 'no-certificate':
      return t('contains no certificate in PEM format')
    case 'invalid-certificate':
      return t('contains an invalid certificate')
  }
}

/** What the value of a setting must be, such as `an integer from 0 to 10 or null`. */
export function expectedWords(expected: Expected, t: Translate): string {
  switch (expected.type) {
    case 'string':
      return t('a string')
    case 'boolean':
      return t('true or false')
    case 'any':
      return t('any value')
    case 'number':
      return withRange(t('a number'), expected, t)
    case 'integer':
      return withRange(t('an integer'), expected, t)
    case 'choice':
      return t('one of {values}', { values: quoted(expected.values) })
    case 'strings':
      return t('a list of strings')
    case 'string-or-list':
      return t('a string or a list of at most {maxItems} strings', { maxItems: expected.maxItems })
    case 'record': {
      const values = expectedWords(expected.values, t)
      return t('an object whose values are {values}', { values })
    }
    case 'object': {
      const fields = quoted(expected.required)
      return t('an object with the numbers {fields}', { fields })
    }
    case 'nullable':
      return t('{expected} or null', { expected: expectedWords(expected.of, t) })
  }
}

function withRange(
  noun: string,
  { minimum, maximum }: { minimum: number; maximum?: number },
  t: Translate,
): string {
  return maximum === undefined
    ? t('{noun} of at least {minimum}', { noun, minimum })
    : t('{noun} from {minimum} to {maximum}', { noun, minimum, maximum })
}

export function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ')
}

type SuffixNotice = Extract<Notice, { id: 'suffixUnsupported' }>

export function suffixFault(host: string, because: SuffixNotice['because'], t: Translate): string {
  switch (because) {
    case 'ignored':
      return t('{host} ignores the suffix.', { host })
    case 'echoed':
      return t('{host} repeats the suffix in its response.', { host })
    case 'refused':
      return t('{host} does not support suffixes.', { host })
  }
}

/** That a server accepts no requests until a time */
export function retryLater(
  { host, status, said, until: at }: Extract<Problem, { id: 'retryLater' }>,
  t: Translate,
): string {
  const until = timeOf(at)
  return said === ''
    ? t('{host} responded with {status}: no requests until {until}.', { host, status, until })
    : t('{host} responded with {status}, no requests until {until}: {said}', {
        host,
        status,
        until,
        said,
      })
}

/** The time of day, with the date when it is another day */
function timeOf(ms: number): string {
  const date = new Date(ms)
  const isToday = date.toDateString() === new Date().toDateString()
  return isToday
    ? date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** An API or a model that is made for something else, and what to choose instead */
export function unsuitable(
  problem: Extract<Problem, { id: 'chatUnsupported' | 'editRoute' | 'nextEditModel' }>,
  t: Translate,
): string {
  switch (problem.id) {
    case 'chatUnsupported':
      return t('{server} has no chat. Set infill.suffix to "auto".', { ...problem })
    case 'editRoute':
      return t(
        'The URL in infill.endpoint is that of an API that edits code and does not fill in the middle. Remove /edit from it.',
      )
    case 'nextEditModel':
      return t(
        'The model "{model}" suggests edits and does not fill in the middle. Choose a model that does, such as qwen2.5-coder or codestral.',
        { ...problem },
      )
  }
}

export function budgetSpent({ spent, budget }: Spent, t: Translate): string {
  return t('Not sent: of the monthly budget of {budget}, {spent} are spent.', {
    spent: dollars(spent),
    budget: dollars(budget),
  })
}

type Spent = Extract<Problem, { id: 'budgetSpent' }>

export function usageNotice(notice: UsageNotice, t: Translate): string {
  switch (notice.id) {
    case 'budgetNearlySpent':
      return t('Of the monthly budget of {budget}, {spent} are spent.', {
        spent: dollars(notice.spent),
        budget: dollars(notice.budget),
      })
    case 'ledgerFault':
      return t('Usage cannot be recorded: {reason}. Completions continue.', {
        reason: fileFault(notice.code, t),
      })
  }
}

/** @param code of the error of Node */
export function unreadableUsage(code: string, t: Translate): string {
  const isDenied = code === 'EACCES' || code === 'EPERM'
  return t('Usage cannot be read: {reason}.', {
    reason: isDenied ? t('access to its folder is denied') : code,
  })
}

function fileFault(code: string, t: Translate): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return t('the disk is full')
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return t('the folder is read-only')
    default:
      return code === '' ? t('the file cannot be written') : code
  }
}
