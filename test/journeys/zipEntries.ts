import { readFile } from 'node:fs/promises'

/** Returns the names of a zip file's entries, from the directory at its end. */
export async function zipEntries(file: string): Promise<string[]> {
  const zip = await readFile(file)
  const end = zip.lastIndexOf('PK\u0005\u0006')
  if (end === -1) throw new Error(`${file} is not a zip file`)
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const start = at + 46
    const stop = start + (name ?? 0)
    at = stop + (extra ?? 0) + (comment ?? 0)
    return zip.toString('utf8', start, stop)
  })
}
