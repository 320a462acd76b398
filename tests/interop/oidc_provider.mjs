// A real provider of OpenID Connect (npm oidc-provider) on loopback: node oidc_provider.mjs <port> <callback>
//
// PUT /mutation {"header": …, "claims": …, "key": "none" | "secret" | "other" | "own"} changes the ID tokens that follow,
// as a provider would that somebody has taken over. Whoever signs in has the same e-mail address at every provider.
import { createHmac } from 'node:crypto'
import { CompactSign, decodeJwt, exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'

const [port, callback] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const secret = 'a secret that client and provider share, long enough'
const own = await generateKeyPair('RS256', { extractable: true })
const other = await generateKeyPair('RS256', { extractable: true })
const jwk = { ...(await exportJWK(own.privateKey)), kid: 'own', alg: 'RS256', use: 'sig' }
let mutation = null

const provider = new Provider(issuer, {
  clients: [{ client_id: 'interlink', client_secret: secret, redirect_uris: [callback] }],
  jwks: { keys: [jwk] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: 'same@example.org' }) }),
  pkce: { required: () => true },
})

const base64url = (value) => Buffer.from(value).toString('base64url')

async function mutated(token) {
  const claims = JSON.stringify({ ...decodeJwt(token), ...mutation.claims })
  const header = { alg: 'RS256', kid: 'own', ...mutation.header }
  const plain = `${base64url(JSON.stringify(header))}.${base64url(claims)}`
  if (mutation.key === 'none') return `${plain}.`
  if (mutation.key === 'secret') return `${plain}.${createHmac('sha256', secret).update(plain).digest('base64url')}`
  const key = mutation.key === 'other' ? other.privateKey : own.privateKey
  return new CompactSign(Buffer.from(claims)).setProtectedHeader(header).sign(key)
}

provider.use(async (context, next) => {
  if (context.path === '/mutation') {
    const pieces = []
    for await (const piece of context.req) pieces.push(piece)
    mutation = JSON.parse(Buffer.concat(pieces).toString())
    context.body = 'mutated'
    return
  }
  await next()
  if (mutation && context.path === '/token' && context.body?.id_token) {
    context.body.id_token = await mutated(context.body.id_token)
  }
})

provider.listen(Number(port), '127.0.0.1')
