/** An answer with an HTTP status other than 200, in the shape of the API's error object. */
export class ApiError extends Error {
  override name = 'ApiError' as const
  readonly status: number
  readonly param: string | null
  readonly code: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    details: { param?: string; code?: string; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.param = details.param ?? null
    this.code = details.code ?? null
    this.headers = details.headers ?? {}
  }

  /** The body of the answer. */
  toJSON(): object {
    const type = this.status >= 500 ? 'server_error' : 'invalid_request_error'
    return { error: { message: this.message, type, param: this.param, code: this.code } }
  }
}

/** A 400 that names the field. */
export function invalid(param: string, message: string): ApiError {
  return new ApiError(400, `'${param}' ${message}`, { param })
}
