import type { UsageNotice } from '../usage/notices.ts'

/**
 * What was learned about a server and changes what is sent to it, as data: `ui/wording.ts` has a
 * sentence for each. Each is reported once per endpoint and model.
 */
export type Notice =
  /** The server refused an optional field by name. `isSet`: the user has set it. */
  | { id: 'fieldOmitted'; host: string; field: string; isSet: boolean }
  /** The context of the server is smaller than `infill.contextTokens`. In tokens */
  | { id: 'contextLimited'; host: string; context: number }
  /** `template` is the family of FIM tokens that is used instead; `null`: no suffix is sent. */
  | {
      id: 'suffixUnsupported'
      host: string
      because: 'ignored' | 'echoed' | 'refused'
      template: string | null
    }
  /** Invisible characters that change the direction of text were removed from a completion. */
  | { id: 'bidirectionalRemoved' }
  | UsageNotice
