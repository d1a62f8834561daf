-- Owner: platform/authentication. Tables of the login library, reachable by the role sunlit_sessions only.
CREATE SCHEMA authentication;
GRANT USAGE ON SCHEMA authentication TO sunlit_sessions;

CREATE TABLE authentication."user" (
  "id" text PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  "image" text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  "username" text UNIQUE,
  "displayUsername" text,
  "twoFactorEnabled" boolean
);
CREATE TABLE authentication."session" (
  "id" text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES authentication."user" ("id") ON DELETE CASCADE
);
CREATE INDEX session_by_user ON authentication."session" ("userId");
CREATE TABLE authentication."account" (
  "id" text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES authentication."user" ("id") ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX account_by_user ON authentication."account" ("userId");
CREATE TABLE authentication."verification" (
  "id" text PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier ON authentication."verification" ("identifier");
CREATE TABLE authentication."twoFactor" (
  "id" text PRIMARY KEY,
  "secret" text NOT NULL,
  "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES authentication."user" ("id") ON DELETE CASCADE,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
CREATE INDEX two_factor_user ON authentication."twoFactor" ("userId");
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA authentication TO sunlit_sessions;
