/**
 * What is accepted of a server. Each limit is far above what completions need, and each has a row in
 * SECURITY.md. Sizes are in bytes, or in UTF-16 units of decoded text.
 */

/** One server-sent event, or one line of an NDJSON stream */
export const MAX_EVENT = 16 * 1024 * 1024
/** A whole JSON document */
export const MAX_DOCUMENT = 16 * 1024 * 1024
/** All of a stream, comments included */
export const MAX_STREAM = 256 * 1024 * 1024
/** White space before a body */
export const MAX_BLANK = 1024 * 1024
/** Levels of arrays and objects */
export const MAX_DEPTH = 128
/** Choices of one response: the API allows 128 per prompt. */
export const MAX_CHOICES = 2048
/** An error's body; proxies send whole pages. */
export const MAX_ERROR_BODY = 64 * 1024
/** Chunks in a row without text, finish_reason and usage */
export const MAX_EMPTY_CHUNKS = 100_000
