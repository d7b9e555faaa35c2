//! Tests of digests, identifiers and keys.

use crate::functions::testing::shown;
use crate::value::testing::string;

#[test]
fn digests_are_those_of_the_standards() {
    for (name, expected) in [
        ("md5", "900150983cd24fb0d6963f7d28e17f72"),
        ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "sha256",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            "base64sha256",
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        ),
    ] {
        assert_eq!(
            shown(name, [string("abc")]),
            format!("{expected:?}"),
            "{name}"
        );
    }
}

#[test]
fn identifiers_by_name_depend_on_the_namespace() {
    let expected = "\"cfbff0d1-9375-5685-968c-48ce8b15ae17\"";
    for namespace in [
        "dns",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}",
    ] {
        assert_eq!(
            shown("uuidv5", [string(namespace), string("example.com")]),
            expected,
            "{namespace}"
        );
    }
    assert!(shown("uuidv5", [string("é"), string("x")]).starts_with("fails"));
}

#[test]
fn what_differs_at_each_call_is_unknown() {
    assert_eq!(shown("uuid", []), "unknown(string) not null");
    assert_eq!(shown("bcrypt", [string("x")]), "unknown(string) not null");
}

/// A key of 512 bits, which opens nothing.
const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\nMIIBOQIBAAJBANc3dhBicwWkqModKlx7TujBsqLpArY//leXIA8UxemlT1pE7xpL\n/oTRWwEf2srRIsBN6ABHN9IE/aXxQVL3KwkCAwEAAQJATtLGUBvuqrtzAouKD1Mu\nRHtk9NvInX10pxn3qO5fykGQhh10MLH88o6VwgG5nL+qcFnQ+oG6VGXserMC8Agp\nDQIhAO8HFjhlN938U5XjBg+zhgVKFG1iTWPlQNHhP/WjNp8jAiEA5n+M7ZF3FXen\n3NowfkN3XRHW9bPHah+YNbOnoEXYJeMCID4AsJrgZqWGlogC48ee4dztYm8dWMXY\n6f+HVnf5ZmnRAiATPB+pj5MNco/KiVa0orKqTJvQozEH9R0Blj1tzYZNGwIgHoWw\n9BF7wHKb9udyJdc+GuMJpo92S5uGJ3gIlBm3if0=\n-----END RSA PRIVATE KEY-----";

const MESSAGE: &str =
    "weewu5+1UErfJga+8nR6DbdM4ONUO1oIhQVb0y7+L/T4u3AVf1EIUQOzwYJ1eqBYTso8RnkGcwY8IyfPyNuoQA==";

#[test]
fn messages_are_decrypted_with_the_right_key_only() {
    assert_eq!(
        shown("rsadecrypt", [string(MESSAGE), string(KEY)]),
        "\"secret\""
    );
    for (message, key, expected) in [
        ("x", KEY, "fails at 0"),
        (MESSAGE, "x", "fails at 1"),
        (
            MESSAGE,
            "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
            "fails at 1",
        ),
        ("YQ==", KEY, "fails: "),
    ] {
        assert!(
            shown("rsadecrypt", [string(message), string(key)]).starts_with(expected),
            "{expected}"
        );
    }
}
