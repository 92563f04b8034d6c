/** Names that match a rule below but hold no secrets: they list which variables are needed. */
const EXAMPLES = /^\.env(\.\w+)*\.(example|sample|template|dist)$|^(example|sample|template)\.env$/i

/** Environment files, and files in which tools store passwords and tokens */
const NAMES = [
  /^\.env/i,
  /\.env$/i,
  /^[._](npmrc|pypirc|netrc|pgpass|my\.cnf|mylogin\.cnf|git-credentials|dockercfg|s3cfg|htpasswd|vault-token)$/i,
  /^(pgpass\.conf|htpasswd|known_hosts|authorized_keys|kubeconfig)$/i,
]

/** Keys, certificates, password stores, files that contain secrets by design, and backups of these */
const EXTENSIONS =
  /\.(pem|key|p8|p12|pfx|p7b|crt|cer|der|csr|jks|keystore|kdbx?|ppk|asc|gpg|pgp|ovpn|tfstate|tfvars|kubeconfig)(\.(bak|backup|old|orig|enc|local|json))*$/i
const SSH_KEYS = /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?([-_.][^.]*)?$/i

/** Files named `secrets`, including source code: microcontroller projects use `secrets.h` and `secrets.py`. */
const SECRETS = /^(\w+[-_.])?secrets(\.[^.]+)?$/i
/** Data files with such a word in their name. Source code about credentials usually contains none. */
const DATA =
  /(credential|secret|service[-_]?account|password|passwd).*\.(json|ya?ml|toml|ini|cfg|conf|txt|csv|xml|properties|plist|enc)$|^(credentials?|secret|passwords?|passwd|shadow)$/i

/** Files whose names are harmless, recognized by their folder */
const PATHS =
  /(^|\/)(\.ssh|\.gnupg|\.aws|\.azure|\.kube|\.config\/gcloud)\/|(^|\/)(\.docker\/config\.json|\.config\/gh\/hosts\.yml|\.config\/rclone\/rclone\.conf|\.m2\/settings(-security)?\.xml|\.cargo\/credentials(\.toml)?)$/i

const RULES = [...NAMES, EXTENSIONS, SSH_KEYS, SECRETS, DATA]

/**
 * Whether the path is that of a file that usually holds secrets. Such a file is never sent to an
 * endpoint and never indexed by the built-in one.
 *
 * It rather matches one file too many, which the user can allow, than exposes a key.
 *
 * @param path absolute or relative, with `/` or `\` between the folders
 */
export function isSensitive(path: string): boolean {
  const slashed = path.replaceAll('\\', '/')
  const name = slashed.slice(slashed.lastIndexOf('/') + 1)
  if (PATHS.test(slashed)) return true
  return !EXAMPLES.test(name) && RULES.some((rule) => rule.test(name))
}
