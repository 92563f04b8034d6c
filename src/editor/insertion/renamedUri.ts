import { Uri, type FileRenameEvent } from 'vscode'

/** The new URI of a file after a rename of it, or of a folder that contains it; `null` if unchanged. */
export function renamedUri(uri: Uri, { files }: Pick<FileRenameEvent, 'files'>): Uri | null {
  for (const { oldUri, newUri } of files) {
    if (uri.toString() === oldUri.toString()) return newUri
    const isSame = uri.scheme === oldUri.scheme && uri.authority === oldUri.authority
    if (isSame && uri.path.startsWith(`${oldUri.path}/`)) {
      return Uri.joinPath(newUri, uri.path.slice(oldUri.path.length))
    }
  }
  return null
}
