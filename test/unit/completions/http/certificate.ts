import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A key and its certificate, in PEM */
export interface Identity {
  key: string
  cert: string
}

/** A private certificate authority: `cert` is the certificate to trust. */
export interface Authority {
  cert: string
  issue(name: string): Identity
}

/** A key and a certificate that nobody but itself vouches for: just enough X.509, in DER. */
export function selfSigned(name: string): Identity {
  const { privateKey, publicKey } = keyPair()
  return identity(name, { privateKey, publicKey, issuer: name, signer: privateKey })
}

export function createAuthority(name = 'A Private Authority'): Authority {
  const { privateKey: signer, publicKey } = keyPair()
  const { cert } = identity(name, { privateKey: signer, publicKey, issuer: name, signer })
  return { cert, issue: (of) => identity(of, { ...keyPair(), issuer: name, signer }) }
}

interface Signing {
  privateKey: KeyObject
  publicKey: KeyObject
  issuer: string
  signer: KeyObject
}

function keyPair(): Pick<Signing, 'privateKey' | 'publicKey'> {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
}

function identity(name: string, { privateKey, publicKey, issuer, signer }: Signing): Identity {
  const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
  const toBeSigned = sequence(
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    distinguished(issuer),
    sequence(time('20000101000000Z'), time('29991231235959Z')),
    distinguished(name),
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, signer))
  const certificate = sequence(toBeSigned, ecdsaWithSha256, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  }
}

function distinguished(name: string): Buffer {
  const commonName = der(0x06, Buffer.from('550403', 'hex'))
  return sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))))
}

function sequence(...parts: Uint8Array[]): Buffer {
  return der(0x30, ...parts)
}

function time(of: string): Buffer {
  return der(0x18, Buffer.from(of))
}

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
