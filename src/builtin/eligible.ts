import type { Dirent } from 'node:fs'

/** Folders of other people's code or of build output, which would drown the workspace's own text. */
const foreignFolders =
  /^(node_modules|bower_components|vendor|dist|out|build|target|coverage|venv|__pycache__)$/

const lockFiles = /[-.]lock(b|\.json|\.ya?ml)?$|^npm-shrinkwrap\.json$|^go\.(work\.)?sum$/i
const generated = /[.-]min\.\w+$|\.bundle\.\w+$|\.map$|\.snap$/i
const binary =
  /\.(png|jpe?g|gif|webp|avif|ico|bmp|tiff?|pdf|zip|gz|tgz|xz|zst|7z|jar|class|wasm|so|dylib|dll|exe|o|a|bin|dat|db|sqlite3?|woff2?|ttf|otf|eot|mp[34]|mov|webm|ogg|wav|flac|pyc|vsix|node)$/i

/** Keys, certificates, password stores and files made of secrets. */
const secretFiles =
  /\.(pem|key|p8|p12|pfx|crt|cer|der|csr|jks|keystore|kdbx?|ppk|asc|gpg|pgp|env|ovpn|tfstate|tfvars)(\.(bak|old|orig|enc|local|json))?$|^id_(rsa|dsa|ecdsa|ed25519)|^(known_hosts|htpasswd|authorized_keys)$/i
/** Data named after secrets. Program text of that name is not data. */
const secretData =
  /(credential|secret|service[-_]?account|password|passwd).*\.(json|ya?ml|toml|ini|cfg|conf|txt|csv|xml|properties|plist)$|^(credentials?|secrets?|passwords?|passwd)$/i

/**
 * Whether a file or folder may be opened at all, by its name. Dot files and folders (.env, .npmrc,
 * .git, .ssh) hold secrets too often. Links may lead anywhere.
 */
export function isEligible(entry: Dirent): boolean {
  if (entry.name.startsWith('.')) return false
  if (entry.isDirectory()) return !foreignFolders.test(entry.name)
  const isOut = [secretFiles, secretData, lockFiles, generated, binary].some((rule) =>
    rule.test(entry.name),
  )
  return entry.isFile() && !isOut
}

/** Whether a text read from a file is written by people, and free of private keys. */
export function isEligibleText(text: string): boolean {
  if (text.includes('\0') || /-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return false
  return text.length < 2000 || text.length < 300 * text.split('\n').length
}
