// Starts oidc-provider on a free port of 127.0.0.1, with its endpoints where
// Zoom has them. The first line on stdout is its address; it ends with stdin.
//
// Its own development pages ask the person: any name and password sign in, then
// a page asks for consent.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The packages lie in the directory of the first argument, not beside this file.
const modules = createRequire(join(process.argv[2], 'package.json'));
const { Provider } = await import(pathToFileURL(modules.resolve('oidc-provider')));

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const code = ['authorization_code', 'refresh_token'];
const device = 'urn:ietf:params:oauth:grant-type:device_code';
const confidential = {
  client_secret: 'a secret: with/other+characters%',
  token_endpoint_auth_method: 'client_secret_basic',
  response_types: ['code'],
};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'public-app',
      token_endpoint_auth_method: 'none',
      application_type: 'native', // the port of a loopback redirect does not count (RFC 8252 section 7.3)
      redirect_uris: ['http://127.0.0.1:8976/callback'],
      response_types: ['code'],
      grant_types: code,
    },
    { ...confidential, client_id: 'confidential-app', redirect_uris: ['https://apps.example.test/callback'], grant_types: [...code, device] },
    { ...confidential, client_id: 'no-device-app', redirect_uris: ['https://apps.example.test/callback'], grant_types: code },
  ],
  scopes: ['user:read:user', 'meeting:read:list_meetings'],
  pkce: { required: () => true }, // S256 is all that it knows
  issueRefreshToken: () => true, // Zoom knows no offline_access
  rotateRefreshToken: () => true,
  revokeGrantPolicy: () => true, // as at Zoom, revoking the access token ends the sign-in
  routes: {
    authorization: '/oauth/authorize',
    token: '/oauth/token',
    revocation: '/oauth/revoke',
    device_authorization: '/oauth/devicecode',
    code_verification: '/oauth_device',
  },
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    revocation: { enabled: true },
  },
  ttl: { AccessToken: 3599, RefreshToken: 90 * 24 * 3600, DeviceCode: 900 },
  cookies: { keys: ['for tests only'] },
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(issuer);
