/** Whether a text can be sent as an API key: headers have no spaces and no special characters. */
export function isKeyText(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text)
}
