/** Of the names below, those that hold no secrets: they are there to show which ones one needs. */
const EXAMPLES = /^\.env(\.\w+)*\.(example|sample|template|dist)$|^(example|sample|template)\.env$/i

/** What tools keep passwords and tokens in, and environments, which mostly consist of them */
const NAMES = [
  /^\.env/i,
  /\.env$/i,
  /^[._](npmrc|pypirc|netrc|pgpass|my\.cnf|mylogin\.cnf|git-credentials|dockercfg|s3cfg|htpasswd|vault-token)$/i,
  /^(pgpass\.conf|htpasswd|known_hosts|authorized_keys|kubeconfig)$/i,
]

/** Keys, certificates, password stores, and files made of secrets; also as a copy of one */
const ENDINGS =
  /\.(pem|key|p8|p12|pfx|p7b|crt|cer|der|csr|jks|keystore|kdbx?|ppk|asc|gpg|pgp|ovpn|tfstate|tfvars|kubeconfig)(\.(bak|backup|old|orig|enc|local|json))*$/i
const SSH_KEYS = /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?([-_.][^.]*)?$/i

/** What is called just that: also program text, which is how small devices are given theirs */
const SECRETS = /^(\w+[-_.])?secrets(\.[^.]+)?$/i
/** Data with such a word in its name. Program text is about such things without having any. */
const DATA =
  /(credential|secret|service[-_]?account|password|passwd).*\.(json|ya?ml|toml|ini|cfg|conf|txt|csv|xml|properties|plist|enc)$|^(credentials?|secret|passwords?|passwd|shadow)$/i

/** By the folder: their names alone say nothing */
const PATHS =
  /(^|\/)(\.ssh|\.gnupg|\.aws|\.azure|\.kube|\.config\/gcloud)\/|(^|\/)(\.docker\/config\.json|\.config\/gh\/hosts\.yml|\.config\/rclone\/rclone\.conf|\.m2\/settings(-security)?\.xml|\.cargo\/credentials(\.toml)?)$/i

const RULES = [...NAMES, ENDINGS, SSH_KEYS, SECRETS, DATA]

/**
 * Whether a file of this path is there to hold secrets, so that nothing of it is sent anywhere.
 *
 * It goes by what is usual: rather a file too many, which the user can allow, than a key that is out.
 */
export function isSensitive(path: string): boolean {
  const slashed = path.replaceAll('\\', '/')
  const name = slashed.slice(slashed.lastIndexOf('/') + 1)
  if (PATHS.test(slashed)) return true
  return !EXAMPLES.test(name) && RULES.some((rule) => rule.test(name))
}

/** Whether a text has a private key in it, or one end of it: the rest may be out of the window. */
export function hasPrivateKey(text: string): boolean {
  return /-----(BEGIN|END) [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/.test(text)
}
