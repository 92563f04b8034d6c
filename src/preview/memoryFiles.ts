import {
  EventEmitter,
  FileChangeType,
  FilePermission,
  FileSystemError,
  FileType,
  Uri,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
} from 'vscode'

interface File {
  content: Uint8Array
  readonly: boolean
  changedAt: number
}

export interface MemoryFiles extends FileSystemProvider {
  /** Creates or changes a file, and returns its URI. */
  put(name: string, text: string, options: { readonly: boolean }): Uri
}

/**
 * Files that are nowhere but in memory: they can be edited and saved, and nobody is asked about
 * them when they are closed, as happens with a document without a name.
 */
export function createMemoryFiles(scheme: string): MemoryFiles {
  const files = new Map<string, File>()
  const changes = new EventEmitter<FileChangeEvent[]>()

  function find(uri: Uri): File {
    const file = files.get(uri.path)
    if (file === undefined) throw FileSystemError.FileNotFound(uri)
    return file
  }
  function write(uri: Uri, content: Uint8Array, readonly: boolean): void {
    const type = files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created
    // Never the same twice, or VS Code takes the file for unchanged.
    const changedAt = Math.max(Date.now(), (files.get(uri.path)?.changedAt ?? 0) + 1)
    files.set(uri.path, { content, readonly, changedAt })
    changes.fire([{ type, uri }])
  }
  return {
    put(name, text, { readonly }) {
      const uri = Uri.from({ scheme, path: `/${name}` })
      write(uri, Buffer.from(text), readonly)
      return uri
    },
    onDidChangeFile: changes.event,
    watch: () => ({ dispose: () => undefined }),
    stat(uri): FileStat {
      if (uri.path === '/') return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 }
      const { content, readonly, changedAt } = find(uri)
      const stat = { type: FileType.File, ctime: 0, mtime: changedAt, size: content.length }
      return readonly ? { ...stat, permissions: FilePermission.Readonly } : stat
    },
    readFile: (uri) => find(uri).content,
    writeFile: (uri, content) => write(uri, content, find(uri).readonly),
    readDirectory: () => [...files.keys()].map((path) => [path.slice(1), FileType.File]),
    delete: (uri) => void files.delete(uri.path),
    createDirectory: flat,
    rename: flat,
  }
}

function flat(): never {
  throw FileSystemError.NoPermissions('There are no folders here.')
}
