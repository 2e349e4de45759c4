import assert from "node:assert/strict";
import fc from "fast-check";
import { describeKeyValue, MASK } from "../../src/explain/mask.ts";

Deno.test("describeKeyValue() shows what is not a secret, shortened where it is long", () => {
  const shown: readonly (readonly [readonly (string | number)[], unknown, string])[] = [
    [["domain"], "lake.example.org", '"lake.example.org"'],
    [["helm_chart_values_files", 2], "enc-lake.secret.yaml", '"enc-lake.secret.yaml"'],
    [["gcp", "zone"], "europe-north1-b", '"europe-north1-b"'],
    [["aws", "account"], "123456789012", '"123456789012"'],
    [["key_name"], "a", '"a"'],
    [["author"], "a", '"a"'],
    [["size"], undefined, "nothing"],
    [["size"], null, "null"],
    [[], { name: "a", domain: "b" }, "a mapping of 2"],
    [["users"], ["a"], "a list of 1"],
    [["text"], "x\ny", '"x\\ny"'],
    [["note"], "ab ".repeat(1_000), `"${"ab ".repeat(26)}ab..."`],
  ];
  for (const [path, value, text] of shown) assert.equal(describeKeyValue(path, value), text);
});

Deno.test("describeKeyValue() masks what a key calls a secret, at any depth", () => {
  const keys = [
    ...["password", "db_password", "passwd", "passphrase", "pass", "clientSecret", "client_secret"],
    ...["token", "api_token", "apiKey", "api_key", "accesskey", "access_key", "key", "private"],
    ...["credentials", "certs", "salt", "auth", "basic_authorization", "cookie", "dsn", "webhook"],
    ...["signature"],
  ];
  for (const key of keys) {
    for (const path of [[key], ["a", key], [key, "nested", 0]]) {
      assert.equal(describeKeyValue(path, "x"), MASK, path.join("."));
    }
  }
});

Deno.test("describeKeyValue() masks what looks like a secret, whatever its key", () => {
  const secrets = [
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "https://user:hunter2@example.org/hook",
    ...["ghp_", "github_pat_", "xoxb-", "AKIA", "eyJ"].map((start) =>
      `${start}${"a1B2".repeat(8)}`
    ),
    "Bearer abc",
    "0123456789abcdef".repeat(4),
    "dGhpcyBpcyBhIHNlY3JldCB2YWx1ZTE=",
  ];
  for (const secret of secrets) assert.equal(describeKeyValue(["note"], secret), MASK, secret);
});

Deno.test("describeKeyValue() never shows a long run of random letters and digits", () => {
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/_-";
  const random = fc.string({ unit: fc.constantFrom(...letters), minLength: 32, maxLength: 60 })
    .filter((text) => /\d/.test(text) && /[A-Za-z]/.test(text));
  fc.assert(
    fc.property(random, (text) => assert.equal(describeKeyValue(["note"], text), MASK)),
    { seed: 1 },
  );
});
