import { env, window } from 'vscode'
import { toCurl } from '../completions/curl.ts'
import { API_KEY, reveal, type Secrets } from '../completions/secrets.ts'
import type { HttpRequest } from '../completions/http/transport.ts'
import { BUILTIN } from '../settings/endpoint.ts'
import { activeEditor } from '../editor/document/activeEditor.ts'
import { cancellable, isCancellation } from './cancellable.ts'
import { exactRequest, type Exact, type ExactOptions } from './exactRequest.ts'

/** Puts the request that would go out for the active editor into the clipboard, as a command. */
export async function copyAsCurl(options: ExactOptions): Promise<void> {
  const editor = activeEditor()
  const abort = new AbortController()
  try {
    const exact = await cancellable('Infill: services the request', abort, (signal) =>
      exactRequest(editor, options, signal),
    )
    const { command, remark } = commandFor(exact)
    await env.clipboard.writeText(command)
    void window.showInformationMessage(`Infill: ${remark}`)
  } catch (error) {
    if (!isCancellation(error, abort)) throw error
  }
}

function commandFor({ http, secrets, settings }: Exact): { command: string; remark: string } {
  // Nobody could put it in by hand, and it opens nothing but what this machine may read anyway.
  if (settings.endpoint === BUILTIN) {
    return {
      command: toCurl(withToken(http, secrets)),
      remark:
        'the command is copied. It has the token of the built-in endpoint, which is good until this window is closed.',
    }
  }
  const names = [...secrets.keys()].map((name) => name.slice(1))
  const remark =
    names.length === 0
      ? 'the command is copied.'
      : `the command is copied. It takes what is secret from the environment: ${names.join(', ')}.`
  return { command: toCurl(http), remark }
}

function withToken(http: HttpRequest, secrets: Secrets): HttpRequest {
  const token = new Map([[API_KEY, secrets.get(API_KEY) ?? '']])
  const headers = Object.entries(http.headers).map(([name, value]) => [
    name,
    reveal(value, token) ?? value,
  ])
  return { ...http, headers: Object.fromEntries(headers) }
}
