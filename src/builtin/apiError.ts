/** A response with an HTTP status other than 200. */
export class ApiError extends Error {
  override name = 'ApiError' as const
  readonly status: number
  readonly param: string | null
  readonly code: string | null

  constructor(status: number, message: string, param?: string, code?: string) {
    super(message)
    this.status = status
    this.param = param ?? null
    this.code = code ?? null
  }

  /** The body of the response: the API's error object */
  toJSON(): object {
    const type = this.status >= 500 ? 'server_error' : 'invalid_request_error'
    return { error: { message: this.message, type, param: this.param, code: this.code } }
  }
}

/** Status 400 with the name of the invalid field. */
export function invalid(param: string, message: string): ApiError {
  return new ApiError(400, `'${param}' ${message}`, param)
}
