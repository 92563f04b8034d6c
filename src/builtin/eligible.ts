import type { Dirent } from 'node:fs'
import { sensitivityOf } from '../sensitive/sensitive.ts'

/** Folders of dependencies and build output, which would outweigh the workspace's own code */
const FOREIGN_FOLDERS =
  /^(node_modules|bower_components|vendor|dist|out|build|target|coverage|venv|__pycache__)$/

const LOCK_FILES = /[-.]lock(b|\.json|\.ya?ml)?$|^npm-shrinkwrap\.json$|^go\.(work\.)?sum$/i
const GENERATED = /[.-]min\.\w+$|\.bundle\.\w+$|\.map$|\.snap$/i
const BINARY =
  /\.(png|jpe?g|gif|webp|avif|ico|bmp|tiff?|pdf|zip|gz|tgz|xz|zst|7z|jar|class|wasm|so|dylib|dll|exe|o|a|bin|dat|db|sqlite3?|woff2?|ttf|otf|eot|mp[34]|mov|webm|ogg|wav|flac|pyc|vsix|node)$/i

/**
 * Whether a file may be read, or a folder searched, judged by its path. Dot files and dot folders
 * are skipped: they are settings rather than code. Symbolic links are skipped: they may lead
 * outside the workspace.
 * @param path of the entry, absolute
 */
export function isEligible(entry: Dirent, path: string): boolean {
  if (entry.name.startsWith('.')) return false
  if (entry.isDirectory()) return !FOREIGN_FOLDERS.test(entry.name)
  if (!entry.isFile() || sensitivityOf(path) !== null) return false
  return ![LOCK_FILES, GENERATED, BINARY].some((rule) => rule.test(entry.name))
}

/** Whether the content of a file is hand-written text without secrets. */
export function isEligibleText(path: string, text: string): boolean {
  if (text.includes('\0')) return false
  if (text.length >= 2000 && text.length >= 300 * text.split('\n').length) return false
  return sensitivityOf(path, text) === null
}
