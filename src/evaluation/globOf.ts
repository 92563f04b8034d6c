/** A glob that matches this path only: characters of patterns are any character. */
export function globOf(path: string): string {
  return path.replaceAll(/[[\]{}()*?!@+|]/g, '?')
}
