import manifest from '../../package.json' with { type: 'json' }

type Binding = { command: string; key: string; mac?: string }

/** Returns the default key of a command on this system in Playwright's notation: `Shift+Alt+J`. */
export function defaultKey(command: string): string {
  const bindings: Binding[] = manifest.contributes.keybindings
  const binding = bindings.find((each) => each.command === command)
  if (binding === undefined) throw new Error(`${command} has no default key`)
  const key = (process.platform === 'darwin' ? binding.mac : undefined) ?? binding.key
  const names: Record<string, string> = { ctrl: 'Control', cmd: 'Meta' }
  return key
    .split('+')
    .map((part) => names[part] ?? part[0]?.toUpperCase() + part.slice(1))
    .join('+')
}
