// Joined at run time, so that scanners do not take this file for one with secrets.
const join = (...parts: string[]): string => parts.join('')

const BASE64 = join('q7Zr', 'T2vX9mKd', '4LwPbN8sYc', 'H3JfGa6tEu', 'R5oQiW1V')
const HEX = join('9f8b', '3c7a1e5d', '4026b8e0c9', 'd7f13a5b', '62')
const PASSWORD = join('kT7', '-mvQ2', 'xLp')

/** Texts with a made-up secret */
export const CREDENTIALS: readonly string[] = [
  `postgres://app:${PASSWORD}@db.acme.io:5432/app`,
  `mongodb+srv://admin:${PASSWORD}@cluster0.ab1cd.mongodb.net/?w=majority`,
  `redis://:${PASSWORD}@cache.acme.io:6379`,
  `amqps://worker:${PASSWORD}@queue/vhost`,
  `git clone https://oauth2:${PASSWORD}@git.acme.io/a/b.git`,
  `Server=tcp:acme.database.windows.net,1433;User ID=app;Password=${PASSWORD};Encrypt=True`,
  `jdbc:mysql://db.acme.io/app?user=app&password=${PASSWORD}`,
  `host=db.acme.io user=app password=${PASSWORD} dbname=app`,
  `AccountName=acme;AccountKey=${BASE64}${BASE64}==;EndpointSuffix=core.windows.net`,
  `Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKey=${BASE64}=`,
  `https://acme.blob.core.windows.net/a?sv=2022-11-02&sig=${BASE64}%3D`,
  `aws_secret_access_key = ${BASE64.slice(0, 40)}`,
  `TWILIO_AUTH_TOKEN=${HEX}`,
  `"clientSecret": "${BASE64.slice(0, 36)}"`,
  `const apiKey = '${HEX}'`,
  `PrivateKey = ${BASE64.slice(0, 43)}=`,
  `//npm.acme.io/:_authToken=${HEX}`,
  `curl -H "Authorization: Bearer ${BASE64}" https://acme.io`,
  `Authorization: Basic ${Buffer.from(`app:${PASSWORD}`).toString('base64')}`,
  `machine acme.io login app password ${PASSWORD}${PASSWORD}`,
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  password: ${BASE64.slice(0, 24)}\n`,
  `bot = '${join('1234', '567891', ':AA')}${BASE64.slice(0, 33)}'`,
  `login('${join('MTk4', 'NjIyNDgzNDcxOTI1MjQ4')}.${BASE64.slice(4, 10)}.${BASE64.slice(8, 36)}')`,
  `TF_TOKEN=${BASE64.slice(0, 14)}${join('.atlas', 'v1.')}${BASE64}${BASE64.slice(0, 26)}`,
  `${HEX}${join('-u', 's21')}`,
  `secret: ${BASE64.slice(0, 3)}${join('8', 'Q~')}${BASE64.slice(3, 37)}`,
  join(
    'mnemonic: "',
    'ocean tired wagon lemon orbit frame ',
    'pulse habit crane solid drift ember"',
  ),
]

/** Texts that look similar and have none */
export const HARMLESS_TEXTS: readonly string[] = [
  join('AKIA', 'IOSFODNN7EXAMPLE'),
  join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'),
  `aws_secret_access_key = ${join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY')}`,
  'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'OPENAI_API_KEY=sk-...',
  'token: ${TOKEN}',
  'token: ${{ secrets.GITHUB_TOKEN }}',
  'const token = process.env.GITHUB_TOKEN_FOR_THE_RELEASE',
  'secretKey = await this.keys.deriveSecretKeyFromPassword(password)',
  'apiKey: "YOUR_API_KEY_GOES_HERE_1234567890"',
  'postgres://user:password@localhost:5432/app',
  'postgres://postgres:postgres@db:5432/app',
  'mysql://root:root@127.0.0.1/app',
  'postgres://${user}:${password}@${host}/app',
  'https://user:pass@example.com/',
  'redis://:password@redis:6379',
  'http://localhost:3000/@scope/name@1.2.3',
  'Server=localhost;User ID=sa;Password=<password>;',
  'Authorization: Bearer ${token}',
  'Authorization: Bearer <access-token-of-the-user>',
  'Authorization: Basic dXNlcjpwYXNzd29yZA==',
  'integrity sha512-abc2Zr7T2vX9mKd4LwPbN8sYcH3JfGa6tEuR5oQiW1V8s9dfT2vX9mKd4LwPbN8sYcH3JfGa6tEuR5oQiW1V8==',
  '"commit": "9f8b3c7a1e5d4026b8e0c9d7f13a5b62aa01bb02"',
  'id: 123e4567-e89b-42d3-a456-426614174000',
  'class="sk-cube-grid sk-folding-cube-animation-wrapper"',
  'import { keyboardShortcutsForPasswordFields } from "./passwordFieldShortcuts1"',
  'mnemonic: "test test test test test test test test test test test junk"',
  'mnemonic: "<twelve words>"',
  'kind: Secret\nmetadata:\n  name: a\ndata:\n  password: {{ .Values.password | b64enc }}\n',
  'machine acme.io login app password <password>',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
]
