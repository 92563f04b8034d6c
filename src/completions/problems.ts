/**
 * What went wrong, as plain data: an id and its parameters. `ui/wording.ts` has a sentence for
 * each.
 *
 * A problem never contains a prompt, a completion or a key. `said` is the error message of the
 * server: one line, with the key removed; empty when it sent none.
 */
export type Problem =
  | ResponseProblem
  | ConnectionProblem
  | ServerProblem
  | SettingProblem
  | EditorProblem
  | RequestDocumentProblem
  /** An unexpected error; `cause` has it. */
  | { id: 'defect' }

/** A response that is an error, or not a completion. */
export type ResponseProblem =
  | { id: 'httpStatus'; host: string; status: number; said: string }
  /** `until`: when the server accepts requests again, in ms since 1970 */
  | { id: 'retryLater'; host: string; status: number; said: string; until: number }
  /** `location` is the origin that the response points to, if it names one. */
  | { id: 'redirect'; host: string; status: number; location: string | null }
  | { id: 'reportedError'; host: string; said: string }
  | { id: 'webPage' }
  | { id: 'emptyResponse' }
  | { id: 'notACompletion' }
  | { id: 'notJson' }
  | { id: 'oversizedEvent' }
  | { id: 'oversizedResponse' }
  | { id: 'nestedTooDeeply' }
  | { id: 'tooManyChoices' }
  | { id: 'onlyEmptyChunks' }
  /** The `content-encoding` of the response */
  | { id: 'unknownEncoding'; encoding: string }
  | { id: 'invalidCompression' }
  | { id: 'unfinishedStream' }
  | { id: 'connectionLost' }
  | { id: 'firstTokenTimeout'; host: string; seconds: number }
  | { id: 'idleTimeout'; host: string; seconds: number }
  /** The response did not end after its `[DONE]`. */
  | { id: 'endTimeout' }
  /** The timeout of VS Code's network stack */
  | { id: 'editorTimeout'; host: string }

/** No response. `code` is the `code` of the error of Node or undici; empty when there is none. */
export type ConnectionProblem =
  | { id: 'unreachable'; origin: string; code: string }
  /** `origin` is `null` when the proxy itself could not be reached. */
  | { id: 'proxyUnreachable'; origin: string | null; proxy: string; code: string }
  | { id: 'proxyAuthentication'; proxy: string | null }
  | { id: 'proxyRefused'; host: string; proxy: string | null; status: number }
  | { id: 'proxyFailed'; host: string; proxy: string | null; status: number }
  /** `proxy` is set when the certificate may be the proxy's. */
  | { id: 'untrustedCertificate'; host: string; proxy: string | null; code: string }
  | { id: 'invalidHeader'; host: string }
  | { id: 'builtinFailed'; reason: string }

/** A request that a server does not support. */
export type ServerProblem =
  | { id: 'missingDeployment' }
  | { id: 'singlePrompt' }
  | { id: 'emptyPrompt'; server: string }
  /** The URL of an API that edits code */
  | { id: 'editRoute' }

/** A setting with an invalid value. Names are those of VS Code, with their prefix. */
export type SettingProblem =
  | { id: 'invalidSetting'; name: string; expected: Expected; value: string }
  /** `infill.profile` selects a profile that `infill.profiles` does not have. */
  | { id: 'unknownProfile'; name: string; known: readonly string[] }
  /** A profile has a name that is no setting, or one that a profile cannot have. */
  | { id: 'notInProfiles'; name: string }
  | { id: 'bestOfNotGreater'; bestOf: number; n: number }
  | { id: 'endpointNotUrl'; value: string }
  | { id: 'endpointHasPassword' }
  | { id: 'unknownTemplate'; known: readonly string[] }
  | { id: 'noTemplateForModel'; model: string }
  | { id: 'suffixFieldUnsupported'; server: string }
  | { id: 'chatUnsupported'; server: string }
  /** The model rewrites a region of a file. It has no format for a prompt and a suffix. */
  | { id: 'nextEditModel'; model: string }
  | { id: 'proxyNotUrl' }
  | { id: 'socksProxy' }
  | { id: 'invalidProxyAuthorization' }
  | { id: 'caFile'; path: string; reason: CaFileFault }

export type CaFileFault =
  | 'not-absolute'
  | 'missing'
  | 'unreadable'
  | 'no-certificate'
  | 'invalid-certificate'

/** What a value must be. */
export type Expected =
  | { type: 'string' | 'boolean' | 'any' }
  | { type: 'number' | 'integer'; minimum: number; maximum?: number }
  | { type: 'choice'; values: readonly string[] }
  | { type: 'strings' }
  /** One string, or a list */
  | { type: 'string-or-list'; maxItems: number }
  | { type: 'record'; values: Expected }
  | { type: 'object'; fields: Readonly<Record<string, Expected>>; required: readonly string[] }
  | { type: 'nullable'; of: Expected }

/** A document that cannot be read, sent or written. */
export type EditorProblem =
  | { id: 'noEditor' }
  /** The file is shown, but not as text: an image, a binary file. */
  | { id: 'notText'; name: string }
  /** VS Code shares no files over 50 MB with extensions. */
  | { id: 'fileTooLarge'; name: string }
  | { id: 'readOnly' }
  | { id: 'noInsertion' }
  | { id: 'noTokens' }
  | { id: 'tokenGone' }
  | { id: 'documentClosed' }
  /** The user did not allow to send anything there: a host, or an origin. */
  | { id: 'notConfirmed'; where: string }
  | { id: 'secretFile'; name: string }
  | { id: 'excludedFile'; name: string; glob: string }
  /** `kind`: what it looks like, such as "GitHub token" */
  | { id: 'secretText'; kind: string }
  /** Both in dollars */
  | { id: 'budgetSpent'; spent: number; budget: number }

/** A request document, `*.infill.json`, that cannot be sent. */
export type RequestDocumentProblem =
  | { id: 'requestNotJson'; line: number | null }
  | { id: 'requestNotObject' }
  | { id: 'requestMethod' }
  | { id: 'requestUrl' }
  | { id: 'requestHeaders' }
  | { id: 'requestHeader'; name: string }
