import type { CompletionErrorKind } from './errors.ts'
import { isFields, type Fields } from './fields.ts'
import { parseErrorMessage } from './parse.ts'

/** What a server says went wrong. */
export interface ApiError {
  /** Its words; empty: none that fit into a line */
  message: string
  /** What it calls the error in one word, such as `insufficient_quota`; `undefined`: nothing */
  code: string | undefined
  /** The kind of error, such as `invalid_request_error` */
  type: string | undefined
  /** The field of the request that it is about */
  param: string | undefined
}

const SILENCE: ApiError = { message: '', code: undefined, type: undefined, param: undefined }

/** The body of an error: JSON, or words, or a page. */
export function readApiError(text: string): ApiError {
  try {
    return parseApiError(JSON.parse(text))
  } catch {
    // A proxy's or a web server's page says nothing that fits into a line, and JSON that is cut may
    // begin with the prompt: some servers repeat the whole request.
    return /^\s*[<{["]/.test(text) ? SILENCE : { ...SILENCE, message: text.trim() }
  }
}

/**
 * The API's `{error: {message, type, param, code}}`, the same without `error` around it, and what
 * FastAPI sends of a field: `{detail: [{loc: ["body", …, field], type, msg}]}`.
 */
export function parseApiError(value: unknown): ApiError {
  const fields = innermost(value)
  const { loc } = fields
  return {
    message: parseErrorMessage(value) ?? '',
    code: word(fields['code']),
    type: word(fields['type']) ?? word(fields['error_type']),
    param: word(fields['param']) ?? (Array.isArray(loc) ? word(loc.at(-1)) : undefined),
  }
}

/** The kind of an error that the server has words for, where they say more than its status. */
export function kindOfWords({
  message,
  code = '',
  type = '',
}: ApiError): CompletionErrorKind | null {
  const words = `${code} ${type}`
  if (QUOTA_WORDS.test(words) || QUOTA.test(message)) return 'quota'
  if (LENGTH_WORDS.test(words) || LENGTH.test(message)) return 'context_length'
  return null
}

// "Quota exceeded for requests per minute" is none of these: waiting helps.
const QUOTA_WORDS = /insufficient_(quota|balance|credits|funds)|billing/
const QUOTA = /exceeded your current quota|insufficient (quota|balance|credits|funds)/i

const LENGTH_WORDS = /context_length_exceeded|exceed_context_size|string_above_max_length/
const LENGTH =
  /maximum (context|model|input) length|context (length|size|window)|(prompt|input) is too long|`inputs` tokens \+/i

function innermost(value: unknown): Fields {
  if (Array.isArray(value)) return innermost(value[0])
  if (!isFields(value)) return {}
  const inner = [value['error'], value['detail']].find((each) => typeof each === 'object' && each)
  return inner === undefined ? value : innermost(inner)
}

/** Nothing with a space in it: what is no name may be a piece of the request. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:[\]-]{1,80}$/.test(value) ? value : undefined
}
