// Certificates, made with node-forge. The keys are Node's own, since it makes them many times faster.
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import forge from 'node-forge'

/** A certificate and its key, as PEM. */
export interface KeyAndCertificate {
  key: string
  certificate: string
}

/** From when and until when something is good. */
export interface Span {
  from: Date
  until: Date
}

/**
 * Makes a certificate authority that can speak for these hosts and what lies below them, and for nothing else: another
 * name or an address in a certificate of its makes that certificate invalid (name constraints, RFC 5280 4.2.1.10).
 */
export async function makeAuthority(hosts: readonly string[], span: Span): Promise<KeyAndCertificate> {
  const pair = await newKey()
  const certificate = blank(pair.publicKey, span)
  // A number in the name: authorities of other machines and times are others.
  const name = nameOf(`WeChat sandbox on this machine ${randomBytes(4).toString('hex')}`)
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    { id: NAME_CONSTRAINTS, critical: true, value: nameConstraints(hosts) },
  ])
  return signed(certificate, pair, pair.key)
}

/** Makes certificates for single hosts, signed by an authority. They share a key, which is never kept. */
export function createIssuer(
  authority: KeyAndCertificate,
): (host: string, span: Span) => Promise<KeyAndCertificate> {
  const issuer = forge.pki.certificateFromPem(authority.certificate)
  let pair: Promise<KeyPair> | undefined
  return async (host, span) => {
    pair ??= newKey()
    const own = await pair
    const certificate = blank(own.publicKey, span)
    certificate.setSubject(nameOf(host))
    certificate.setIssuer(issuer.subject.attributes)
    certificate.setExtensions([
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: DNS, value: host }] },
      { name: 'subjectKeyIdentifier' },
      { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
    ])
    return signed(certificate, own, authority.key)
  }
}

interface KeyPair {
  key: string
  publicKey: string
}

const NAME_CONSTRAINTS = '2.5.29.30'
// The forms that a name in a certificate can have (GeneralName).
const DNS = 2
const ADDRESS = 7

async function newKey(): Promise<KeyPair> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

function blank(publicKey: string, { from, until }: Span): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  // Positive, and without a zero in front that would not be needed (RFC 5280 4.1.2.2; Go refuses both).
  certificate.serialNumber = `4${randomBytes(16).toString('hex').slice(1)}`
  certificate.validity.notBefore = from
  certificate.validity.notAfter = until
  return certificate
}

function signed(certificate: forge.pki.Certificate, { key }: KeyPair, signingKey: string): KeyAndCertificate {
  certificate.sign(forge.pki.privateKeyFromPem(signingKey), forge.md.sha256.create())
  return { key, certificate: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n') }
}

const nameOf = (commonName: string) => [{ name: 'commonName', value: commonName }]

// NameConstraints ::= { permittedSubtrees [0], excludedSubtrees [1] }. A form of name that is not mentioned is free, so
// that addresses have to be forbidden by themselves: all of IPv4 and of IPv6.
function nameConstraints(hosts: readonly string[]): forge.asn1.Asn1 {
  const permitted = hosts.map((host) => subtree(DNS, host))
  return sequence([
    tagged(0, permitted),
    tagged(1, [subtree(ADDRESS, '\0'.repeat(8)), subtree(ADDRESS, '\0'.repeat(32))]),
  ])
}

const { Class, Type, create } = forge.asn1
const sequence = (parts: forge.asn1.Asn1[]) => create(Class.UNIVERSAL, Type.SEQUENCE, true, parts)
const tagged = (tag: number, parts: forge.asn1.Asn1[]) => create(Class.CONTEXT_SPECIFIC, tag, true, parts)
const subtree = (form: number, name: string) => sequence([create(Class.CONTEXT_SPECIFIC, form, false, name)])
