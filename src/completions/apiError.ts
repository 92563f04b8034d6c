import type { CompletionErrorKind } from './errors.ts'
import { isFields, type Fields } from './fields.ts'
import { parseErrorMessage } from './parse.ts'

/** What a server reports as its error. */
export interface ApiError {
  /** The error message; empty if there is none that fits into one line */
  message: string
  /** The error code, such as `insufficient_quota`, if any */
  code: string | undefined
  /** The error type, such as `invalid_request_error`, if any */
  type: string | undefined
  /** The request field that the error is about, if any */
  param: string | undefined
}

const SILENCE: ApiError = { message: '', code: undefined, type: undefined, param: undefined }

/** Reads the body of an error: JSON, plain text or an HTML page. */
export function readApiError(text: string): ApiError {
  try {
    return parseApiError(JSON.parse(text))
  } catch {
    // The page of a proxy or web server contains no short message, and truncated JSON may begin
    // with the prompt: some servers repeat the whole request.
    return /^\s*[<{["]/.test(text) ? SILENCE : { ...SILENCE, message: text.trim() }
  }
}

/**
 * Supports the API's `{error: {message, type, param, code}}`, the same without `error` around it,
 * and FastAPI's validation errors: `{detail: [{loc: ["body", …, field], type, msg}]}`.
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

/** The kind of an error whose message is more specific than its status. */
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

// "Quota exceeded for requests per minute" is not one of these: waiting helps.
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

/** A value with a space is not a name; it may be a part of the request. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:[\]-]{1,80}$/.test(value) ? value : undefined
}
