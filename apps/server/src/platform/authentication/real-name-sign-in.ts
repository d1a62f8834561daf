import { calculatePKCECodeChallenge, allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, ClientSecretPost, discovery, enableNonRepudiationChecks, fetchUserInfo, randomNonce, randomPKCECodeVerifier, randomState, type Configuration } from 'openid-client';
import { z } from 'zod';
import { decryptValue, encryptValue } from '../personal-data/cipher.ts';
import { isLoopback } from '../settings.ts';

/** Who vouches for residents: an OpenID Connect provider that states the name and the identity number of a person. */
export interface RealNameProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  idNumberClaim: string;
  nameClaim: string;
  /** the call-back address that the provider knows */
  callbackUrl: string;
  isAvailable: () => Promise<boolean>;
}

let current: RealNameProvider | undefined;
let configuration: Promise<Configuration> | undefined;

export function setRealNameProvider(provider: RealNameProvider | undefined): void {
  current = provider;
  configuration = undefined;
}

export async function findRealNameProvider(): Promise<RealNameProvider | undefined> {
  return current && (await current.isAvailable()) ? current : undefined;
}

/** The provider's own description, read when first needed and again after a failure. */
async function configurationOf(provider: RealNameProvider): Promise<Configuration> {
  const issuer = new URL(provider.issuer);
  const insecure = issuer.protocol === 'http:' && isLoopback(issuer.hostname);
  // The signature is checked as well as the connection: an answer altered behind the provider's gateway is refused.
  configuration ??= discovery(issuer, provider.clientId, undefined, ClientSecretPost(provider.clientSecret), {
    timeout: 10,
    execute: [enableNonRepudiationChecks, ...(insecure ? [allowInsecureRequests] : [])],
  });
  try {
    return await configuration;
  } catch (error) {
    configuration = undefined;
    throw error;
  }
}

const started = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), english: z.boolean(), until: z.number() });
export type StartedSignIn = z.output<typeof started>;
export const signInMinutes = 10;

/** Where the browser goes, and what it carries sealed until it comes back. */
export async function startRealNameSignIn(provider: RealNameProvider, english: boolean): Promise<{ address: URL; carried: string }> {
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const address = buildAuthorizationUrl(await configurationOf(provider), {
    redirect_uri: provider.callbackUrl,
    scope: provider.scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ui_locales: english ? 'en' : 'zh-CN',
  });
  const carried: StartedSignIn = { state, nonce, verifier, english, until: Date.now() + signInMinutes * 60_000 };
  return { address, carried: encryptValue('sign-in', JSON.stringify(carried)).toString('base64url') };
}

/** What a browser carried; undefined when it is not ours, altered, or too old. */
export function openStartedSignIn(carried: string | undefined): StartedSignIn | undefined {
  if (!carried) return undefined;
  try {
    const opened = started.parse(JSON.parse(decryptValue('sign-in', Buffer.from(carried, 'base64url'))));
    return opened.until > Date.now() ? opened : undefined;
  } catch {
    return undefined;
  }
}

/** Exchanges the code behind the browser's back. Throws unless state, nonce, issuer, audience, time and signature all hold. */
export async function finishRealNameSignIn(provider: RealNameProvider, search: string, signIn: StartedSignIn): Promise<{ name: string; idNumber: string }> {
  const config = await configurationOf(provider);
  const callback = new URL(provider.callbackUrl);
  callback.search = search;
  const tokens = await authorizationCodeGrant(config, callback, { expectedState: signIn.state, expectedNonce: signIn.nonce, pkceCodeVerifier: signIn.verifier, idTokenExpected: true });
  const claims = tokens.claims()!;
  const said = claims[provider.idNumberClaim] === undefined && config.serverMetadata().userinfo_endpoint ? { ...claims, ...(await fetchUserInfo(config, tokens.access_token, claims.sub)) } : claims;
  return z.object({ name: z.string().min(1), idNumber: z.string().min(1) }).parse({ name: said[provider.nameClaim], idNumber: said[provider.idNumberClaim] });
}
