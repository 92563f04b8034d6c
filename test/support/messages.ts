import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'

const source = fileURLToPath(new URL('../../src', import.meta.url))

/** A call of `t` or `l10n.t` in the code */
export interface MessageCall {
  /** `ui/menu.ts:12` */
  place: string
  /** `null`: the message is not a string literal */
  message: string | null
}

/** Every call that translates a message, in the order of the files. */
export async function messageCalls(): Promise<MessageCall[]> {
  const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts'))
  const calls = files.toSorted().map(async (file) => {
    const text = await readFile(join(source, file), 'utf8')
    return callsIn(text).map(({ index, message }) => {
      const line = text.slice(0, index).split('\n').length
      return { place: `${file.replaceAll('\\', '/')}:${line}`, message }
    })
  })
  return (await Promise.all(calls)).flat()
}

const CALL = /(?<![\w.])(?:l10n\.)?t\(\s*/g
const LITERAL = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y

/** Exported for its test. */
export function callsIn(code: string): { index: number; message: string | null }[] {
  return [...code.matchAll(CALL)].map(({ index, 0: start }) => {
    LITERAL.lastIndex = index + start.length
    const [literal] = LITERAL.exec(code) ?? []
    const isWhole = literal !== undefined && /^\s*[,)]/.test(code.slice(LITERAL.lastIndex))
    return { index, message: isWhole ? String(runInNewContext(literal)) : null }
  })
}

/** `{host}` and `{0}`, sorted */
export function placeholdersOf(message: string): string[] {
  return (message.match(/\{\w+\}/g) ?? []).toSorted()
}

/** VS Code's pseudo-language: brackets around each text, vowels doubled, placeholders kept. */
export function pseudo(message: string): string {
  const longer = message.replaceAll(/\{\w+\}|\$\([\w~-]+\)|\]\([^)]*\)|[aouei]/g, (part) =>
    part.length === 1 ? part + part : part,
  )
  return `［${longer}］`
}
