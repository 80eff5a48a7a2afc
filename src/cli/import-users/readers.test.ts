import { describe, expect, it } from "vitest";
import { auth0User } from "./auth0.ts";
import { cognitoCsvUser } from "./cognito-csv.ts";
import { cognitoJsonUser } from "./cognito-json.ts";
import { firebaseUser, readHashConfig } from "./firebase.ts";
import { keycloakUser } from "./keycloak.ts";
import { logtoUser } from "./logto.ts";
import { createMapper } from "./mapping.ts";
import { RecordProblem, type SourceUser } from "./records.ts";

const known = ({ attributes, ...others }: SourceUser) => ({
  ...JSON.parse(JSON.stringify(others)),
  attributes: JSON.parse(JSON.stringify(attributes)),
});

describe("a user of Keycloak", () => {
  const passwordOf = (credential: object) => {
    const { passwordHash, hashProblem } = keycloakUser({ username: "ana", credentials: [credential] });
    return passwordHash ?? hashProblem;
  };

  it("keeps names, addresses and attributes", () => {
    const user = keycloakUser({
      id: "7f0c9a3e-1111-4c6e-9d60-000000000001",
      username: "ana",
      email: "ana@example.com",
      emailVerified: true,
      enabled: false,
      firstName: "Ana",
      lastName: "Lima",
      attributes: { phoneNumber: ["+15551234567"], department: ["Sales", "Support"], empty: [] },
    });
    expect(known(user)).toEqual({
      id: "7f0c9a3e-1111-4c6e-9d60-000000000001",
      username: "ana",
      enabled: false,
      attributes: {
        email: "ana@example.com",
        email_verified: "true",
        given_name: "Ana",
        family_name: "Lima",
        phone_number: "+15551234567",
        department: "Sales",
      },
    });
  });

  it("has a hash of PBKDF2, Argon2 or bcrypt", () => {
    const secretData = JSON.stringify({ value: "aGFzaA==", salt: "c2FsdA==" });
    const pbkdf2 = (algorithm: string) =>
      passwordOf({
        type: "password",
        secretData,
        credentialData: JSON.stringify({ hashIterations: 27500, algorithm, additionalParameters: {} }),
      });
    expect(pbkdf2("pbkdf2-sha256")).toBe("$pbkdf2-sha256$27500$c2FsdA==$aGFzaA==");
    expect(pbkdf2("pbkdf2-sha512")).toBe("$pbkdf2-sha512$27500$c2FsdA==$aGFzaA==");
    expect(pbkdf2("pbkdf2")).toBe("$pbkdf2-sha1$27500$c2FsdA==$aGFzaA==");
    expect(pbkdf2("md5")).toBe("The password hash algorithm md5 is not supported.");
    const additionalParameters = {
      hashLength: ["32"],
      memory: ["7168"],
      type: ["id"],
      version: ["1.3"],
      parallelism: ["1"],
    };
    const credentialData = JSON.stringify({ hashIterations: 5, algorithm: "argon2", additionalParameters });
    expect(passwordOf({ type: "password", secretData, credentialData })).toBe(
      "$argon2id$v=19$m=7168,t=5,p=1$c2FsdA==$aGFzaA==",
    );
    const bcrypt = { type: "password", secretData: JSON.stringify({ value: "$2a$10$x" }) };
    expect(passwordOf({ ...bcrypt, credentialData: JSON.stringify({ algorithm: "bcrypt" }) })).toBe(
      "$2a$10$x",
    );
    // As releases before 9 wrote it.
    const old = { type: "password", hashedSaltedValue: "aGFzaA==", salt: "c2FsdA==", hashIterations: 20000 };
    expect(passwordOf({ ...old, algorithm: "pbkdf2-sha256" })).toBe("$pbkdf2-sha256$20000$c2FsdA==$aGFzaA==");
  });

  it("must reset the password if Keycloak requires a new one, and is skipped if it is a client's account", () => {
    const credentials = [{ type: "password", secretData: "{}", credentialData: "{}" }];
    const user = keycloakUser({ username: "ana", credentials, requiredActions: ["UPDATE_PASSWORD"] });
    expect([user.passwordHash, user.hashProblem]).toEqual([undefined, undefined]);
    expect(() => keycloakUser({ username: "s", serviceAccountClientId: "api" })).toThrow(RecordProblem);
    expect(() => keycloakUser("ana")).toThrow("not a JSON object");
  });
});

describe("a user of Auth0", () => {
  it("is read from the export with hashes and from a user export", () => {
    const exported = auth0User({
      _id: { $oid: "60425da93519d90068f82966" },
      email: "ana@example.com",
      email_verified: false,
      passwordHash: "$2b$10$hash",
      tenant: "example",
      connection: "Username-Password-Authentication",
      _tmp_is_unique: true,
    });
    expect(known(exported)).toEqual({
      id: "auth0|60425da93519d90068f82966",
      username: "ana@example.com",
      enabled: true,
      attributes: { email: "ana@example.com", email_verified: "false" },
      passwordHash: "$2b$10$hash",
    });
    const profile = auth0User({
      user_id: "auth0|1",
      username: "ana",
      blocked: true,
      phone_number: "+15551234567",
      phone_verified: true,
      user_metadata: { plan: "pro", nested: {} },
      app_metadata: { seats: 3, plan: "basic" },
    });
    expect(known(profile)).toMatchObject({
      username: "ana",
      enabled: false,
      attributes: { phone_number: "+15551234567", phone_number_verified: "true", plan: "pro", seats: "3" },
    });
  });

  it("has a custom password hash", () => {
    const hashOf = (algorithm: string, value: string) => {
      const user = auth0User({ custom_password_hash: { algorithm, hash: { value } } });
      return user.passwordHash ?? user.hashProblem;
    };
    expect(hashOf("bcrypt", "$2a$10$x")).toBe("$2a$10$x");
    expect(hashOf("pbkdf2", "$pbkdf2-sha512$i=100000,l=64$c2FsdA$aGFzaA")).toBe(
      "$pbkdf2-sha512$100000$c2FsdA$aGFzaA",
    );
    expect(hashOf("md5", "x")).toBe("The password hash algorithm md5 is not supported.");
  });
});

describe("a user of Firebase", () => {
  const hashing = readHashConfig(`hash_config {
    algorithm: SCRYPT,
    base64_signer_key: a-b_c==,
    base64_salt_separator: Bw==,
    rounds: 8,
    mem_cost: 14,
  }`);

  it("has a hash with the project's parameters", () => {
    expect(hashing).toEqual({ signerKey: "a+b/c==", saltSeparator: "Bw==", rounds: 8, memCost: 14 });
    const user = firebaseUser(
      {
        localId: "abc",
        email: "ana@example.com",
        emailVerified: true,
        displayName: "Ana",
        phoneNumber: "+15551234567",
        disabled: false,
        passwordHash: "x-y_",
        salt: "c2FsdA==",
        customAttributes: '{"plan":"pro","roles":["a"]}',
      },
      hashing,
    );
    expect(known(user)).toEqual({
      id: "abc",
      username: "ana@example.com",
      enabled: true,
      attributes: {
        email: "ana@example.com",
        email_verified: "true",
        phone_number: "+15551234567",
        phone_number_verified: "true",
        name: "Ana",
        plan: "pro",
      },
      passwordHash: "$firebase-scrypt$8,14$c2FsdA==$Bw==$a+b/c==$x+y/",
    });
  });

  it("is reported without these parameters, and keeps an imported bcrypt hash", () => {
    const user = { localId: "abc", passwordHash: Buffer.from("$2b$10$x").toString("base64") };
    expect(firebaseUser({ ...user, salt: "c2FsdA==" }, undefined).hashProblem).toContain("--hash-config");
    expect(firebaseUser(user, undefined).passwordHash).toBe("$2b$10$x");
    expect(firebaseUser({ ...user, passwordHash: "AAAA" }, hashing).hashProblem).toContain("no salt");
    expect(firebaseUser({ localId: "abc" }, hashing)).toMatchObject({ username: "abc", enabled: true });
    expect(readHashConfig("rounds: 8")).toBeUndefined();
  });
});

describe("a user of Logto", () => {
  const row = {
    tenant_id: "default",
    id: "u1",
    username: null,
    primary_email: "ana@example.com",
    primary_phone: "15551234567",
    password_encrypted: "$argon2i$v=19$m=4096,t=256,p=1$c2FsdHNhbHQ$aGFzaA",
    password_encryption_method: "Argon2i",
    name: "Ana",
    is_suspended: true,
    custom_data: { plan: "pro" },
    profile: { given_name: "Ana", address: { formatted: "1 Main St" } },
  };

  it("is read from the table and from the API", () => {
    const user = known(logtoUser(row));
    expect(user).toEqual({
      id: "u1",
      username: "ana@example.com",
      enabled: false,
      attributes: {
        email: "ana@example.com",
        email_verified: "true",
        phone_number: "+15551234567",
        phone_number_verified: "true",
        name: "Ana",
        given_name: "Ana",
        address: "1 Main St",
        plan: "pro",
      },
      passwordHash: "$argon2i$v=19$m=4096,t=256,p=1$c2FsdHNhbHQ$aGFzaA",
    });
    const fromApi = logtoUser({
      id: "u1",
      username: "ana",
      passwordDigest: "$2b$x",
      passwordAlgorithm: "Bcrypt",
    });
    expect(known(fromApi)).toMatchObject({ username: "ana", passwordHash: "$2b$x" });
  });

  it("is reported if the hash has no salt", () => {
    const user = logtoUser({ ...row, password_encryption_method: "MD5" });
    expect([user.passwordHash, user.hashProblem]).toEqual([
      undefined,
      "The password hash algorithm MD5 is not supported.",
    ]);
  });
});

describe("a user of ListUsers", () => {
  const listed = {
    Username: "ana",
    Attributes: [
      { Name: "email", Value: "ana@example.com" },
      { Name: "email_verified", Value: "true" },
      { Name: "sub", Value: "24d79066-9d82-7096-0dad-b458a167efa5" },
      { Name: "identities", Value: '[{"userId":"1","providerName":"Google"}]' },
    ],
    UserCreateDate: "2024-01-02T03:04:05.678000+09:00",
    UserLastModifiedDate: 1704133445.678,
    Enabled: false,
    UserStatus: "CONFIRMED",
  };

  it("keeps the sub and the dates, in both forms of the AWS CLI", () =>
    expect(known(cognitoJsonUser(listed))).toEqual({
      id: "24d79066-9d82-7096-0dad-b458a167efa5",
      sub: "24d79066-9d82-7096-0dad-b458a167efa5",
      username: "ana",
      enabled: false,
      attributes: { email: "ana@example.com", email_verified: "true" },
      createdAt: Date.UTC(2024, 0, 1, 18, 4, 5, 678),
      lastModifiedAt: 1704133445678,
    }));

  it.each([
    ["UNCONFIRMED", "UNCONFIRMED"],
    ["FORCE_CHANGE_PASSWORD", "FORCE_CHANGE_PASSWORD"],
    ["CONFIRMED", undefined],
    ["RESET_REQUIRED", undefined],
  ])("in the status %s has the status %s", (UserStatus, status) =>
    expect(cognitoJsonUser({ ...listed, UserStatus }).status).toBe(status),
  );

  it("is rejected if an identity provider signs the user in, or the record is not one of ListUsers", () => {
    const rejected = (change: object) => expect(() => cognitoJsonUser({ ...listed, ...change }));
    rejected({ UserStatus: "EXTERNAL_PROVIDER" }).toThrow("signs in by an identity provider");
    rejected({ Attributes: [] }).toThrow("The user has no sub.");
    rejected({ UserCreateDate: "2024-01-02" }).toThrow("UserCreateDate is not a time.");
    expect(() => cognitoJsonUser([])).toThrow("not a JSON object");
  });
});

describe("a row of a CSV file", () => {
  it("has the columns of its header", () => {
    const columns = ["cognito:username", "email", "email_verified", "birthdate", "name", "password_hash"];
    const user = cognitoCsvUser(columns, 'ana,ana@example.com,TRUE,02/29/2000,Ana\\, the first,"$2b$a,b"');
    expect(known(user)).toEqual({
      username: "ana",
      passwordHash: "$2b$a,b",
      attributes: {
        email: "ana@example.com",
        email_verified: "true",
        birthdate: "2000-02-29",
        name: "Ana, the first",
      },
    });
    expect(() => cognitoCsvUser(columns, "ana")).toThrow("The row has 1 values, and the header 6.");
    const sub = "24d79066-9d82-7096-0dad-b458a167efa5";
    expect(cognitoCsvUser(["cognito:username", "sub"], `ana,${sub}`)).toMatchObject({ sub });
  });
});

describe("the imported user", () => {
  const schema = {
    SchemaAttributes: [
      { Name: "sub" },
      { Name: "email" },
      { Name: "custom:plan" },
      { Name: "custom:old_id" },
    ],
  };
  const options = { usernameFrom: undefined, idAttribute: undefined, resetsUnusableHashes: false };
  const ana: SourceUser = {
    id: "id-1",
    username: "ana",
    attributes: { email: "ana@example.com", plan: "pro", color: "red", sub: "x" },
  };

  it("keeps the attributes of the pool's schema, and counts the others", () => {
    const mapper = createMapper(schema, { ...options, idAttribute: "custom:old_id" });
    expect(mapper.map(ana)).toEqual({
      username: "ana",
      attributes: { email: "ana@example.com", "custom:plan": "pro", "custom:old_id": "id-1" },
    });
    mapper.map(ana);
    expect([...mapper.leftOut]).toEqual([
      ["color", 2],
      ["sub", 2],
    ]);
  });

  it.each([
    [
      "the address in a pool whose usernames are addresses",
      { UsernameAttributes: ["email"] },
      undefined,
      ana,
      "ana@example.com",
    ],
    ["the source's name in a pool with plain usernames", {}, undefined, ana, "ana"],
    [
      "the address if the source has no name",
      {},
      undefined,
      { ...ana, username: undefined },
      "ana@example.com",
    ],
    [
      "the source's id if its name is an address and addresses are aliases",
      { AliasAttributes: ["email"] },
      undefined,
      { ...ana, username: "ana@example.com" },
      "id-1",
    ],
    ["the member that --username names", {}, "id", ana, "id-1"],
  ] as const)("has as username %s", (_, settings, usernameFrom, user, expected) => {
    const pool = { ...schema, ...(settings as object) };
    expect(createMapper(pool, { ...options, usernameFrom }).map(user).username).toBe(expected);
  });

  it("has the sub of the source, or its id if ids are kept", () => {
    expect(createMapper(schema, options).map({ ...ana, sub: "sub-1" }).sub).toBe("sub-1");
    const keeping = createMapper(schema, { ...options, keepsIds: true });
    expect(keeping.map(ana).sub).toBe("id-1");
    expect(() => keeping.map({ ...ana, id: undefined })).toThrow("no id that could be the sub");
  });

  it("is rejected without a name or with an unusable hash", () => {
    const { map } = createMapper(schema, options);
    expect(() => map({ attributes: {} })).toThrow("nothing that the pool could name them by");
    expect(() => map({ ...ana, hashProblem: "Unknown hash." })).toThrow("Unknown hash.");
    const resetting = createMapper(schema, { ...options, resetsUnusableHashes: true });
    expect(resetting.map({ ...ana, hashProblem: "Unknown hash." })).not.toHaveProperty("passwordHash");
  });
});
