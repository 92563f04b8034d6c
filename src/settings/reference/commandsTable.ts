import { markdownTable } from './markdownTable.ts'

/** The part of package.json's `contributes` that the table is made from. */
export interface Contributions {
  readonly commands: readonly { readonly command: string; readonly title: string }[]
  readonly keybindings: readonly Keybinding[]
}

interface Keybinding {
  readonly command: string
  readonly key: string
  /** The key on macOS, if it is another one */
  readonly mac?: string
  readonly when?: string
}

/** The table of commands in README.md, with the default keys */
export function commandsTable({ commands, keybindings }: Contributions): string {
  const rows = commands.map(({ command, title }) => {
    const binding = keybindings.find((each) => each.command === command)
    return [`\`${command}\``, title, binding === undefined ? '' : keys(binding)]
  })
  return markdownTable(['Command', 'Title', 'Key'], rows)
}

function keys({ key, mac, when = '' }: Keybinding): string {
  const parts = [
    `\`${keyLabel(key)}\``,
    ...(mac === undefined ? [] : [`macOS \`${keyLabel(mac)}\``]),
    ...(when.includes('infill.streaming') ? ['while generating'] : []),
  ]
  return parts.join(', ')
}

/** `shift+alt+j` → `Shift+Alt+J`, `alt+cmd+j` → `Option+Command+J`: Alt is Option on macOS. */
function keyLabel(key: string): string {
  const isMac = key.includes('cmd')
  const names: Readonly<Record<string, string>> = isMac ? { cmd: 'Command', alt: 'Option' } : {}
  return key
    .split('+')
    .map((part) => names[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
    .join('+')
}
