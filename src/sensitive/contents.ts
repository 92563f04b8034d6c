/**
 * Whether the text contains a private key in PEM or PGP armor. One of its two boundary lines is
 * enough: the other one may be outside the context window.
 */
export function hasPrivateKey(text: string): boolean {
  return /-----(BEGIN|END) [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/.test(text)
}
