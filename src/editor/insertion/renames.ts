import { Uri, type FileRenameEvent } from 'vscode'

/** The new name of a file after some renames, of itself or of a folder above it; `null`: the old one. */
export function renamed(uri: Uri, { files }: Pick<FileRenameEvent, 'files'>): Uri | null {
  for (const { oldUri, newUri } of files) {
    if (uri.toString() === oldUri.toString()) return newUri
    const isSame = uri.scheme === oldUri.scheme && uri.authority === oldUri.authority
    if (isSame && uri.path.startsWith(`${oldUri.path}/`)) {
      return Uri.joinPath(newUri, uri.path.slice(oldUri.path.length))
    }
  }
  return null
}
