export type Binding = { key: string; command: string; when?: string }

/** `Ctrl+K shift+alt+x` → `['ctrl+k', 'alt+shift+x']`: a normal form of each chord */
export function chords(key: string): string[] {
  return key.toLowerCase().split(/\s+/).map(canonical)
}

function canonical(chord: string): string {
  // The key itself is last, and can be a plus.
  const [, before = '', last = ''] =
    /^((?:(?:ctrl|shift|alt|cmd|meta|win)\+)*)(.+)$/.exec(chord) ?? []
  const modifiers = before
    .split('+')
    .filter(Boolean)
    .map((modifier) => (modifier === 'cmd' || modifier === 'win' ? 'meta' : modifier))
  return [...modifiers.toSorted(), last].join('+')
}

/**
 * Whether one of two key bindings hides the other: they are equal, or one is the beginning of the
 * other.
 */
export function clashes(ours: string[], theirs: string[]): boolean {
  const length = Math.min(ours.length, theirs.length)
  return ours.slice(0, length).join(' ') === theirs.slice(0, length).join(' ')
}
