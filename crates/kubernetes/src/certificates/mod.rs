//! The certificates in Secrets.

mod der;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use graph::{Certificate, NodeId, Tree};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// How `BEGIN` looks in base64 at the start of a text.
const BEGIN_IN_BASE64: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t";

/// Finds the PEM certificates in the `data` and `stringData` of a Secret. Other kinds hold none that anybody serves.
pub(crate) fn find(tree: &Tree, kind: &str) -> Vec<Certificate> {
    let mut found = Vec::new();
    if kind != "Secret" {
        return found;
    }
    for (map, decode) in [
        ("data", decode_base64 as fn(&str) -> Option<String>),
        ("stringData", |text| Some(text.to_owned())),
    ] {
        for node in tree
            .get(NodeId::ROOT, map)
            .into_iter()
            .flat_map(|map| tree.children(map))
        {
            let text = tree
                .as_text(node)
                .filter(|text| may_hold_certificate(tree, node, text));
            let Some(text) = text.and_then(|text| decode(text)) else {
                continue;
            };
            found.extend(in_pem(&text).map(|not_after| Certificate { node, not_after }));
        }
    }
    found
}

/// Whether it is worth decoding a text: by what it begins with, or by the name of the file.
fn may_hold_certificate(tree: &Tree, node: NodeId, text: &str) -> bool {
    let key = tree
        .node(node)
        .key
        .as_ref()
        .map_or("", |key| key.text.as_str());
    let named = [".crt", ".pem", ".cer", ".cert"]
        .iter()
        .any(|ending| key.ends_with(ending));
    named || text.starts_with(BEGIN_IN_BASE64) || text.contains(BEGIN)
}

fn decode_base64(text: &str) -> Option<String> {
    let text: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(text).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// When each certificate of a PEM text ends.
fn in_pem(text: &str) -> impl Iterator<Item = i64> {
    let blocks = text
        .split(BEGIN)
        .skip(1)
        .filter_map(|block| block.split_once(END));
    blocks.filter_map(|(block, _)| {
        let block: String = block.split_whitespace().collect();
        der::not_after(&STANDARD.decode(block).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

    use super::{STANDARD, in_pem};
    use crate::testing;

    /// A self-signed certificate for `example.org` of which the last second is 2035-01-02T03:04:05Z.
    const PEM: &str = include_str!("example.pem");

    #[test]
    fn secrets_hold_certificates_in_both_forms() {
        let encoded = STANDARD.encode(PEM);
        let broken = STANDARD.encode("-----BEGIN CERTIFICATE-----");
        let pem = PEM.replace('\n', "\n    ");
        let secret = testing::one(&format!(
            "
apiVersion: v1
kind: Secret
metadata: {{name: a}}
data:
  tls.crt: {encoded}
  tls.key: c2VjcmV0
  ca: {encoded}
  bad.crt: {broken}
  worse.crt: '%'
  number.crt: 7
stringData:
  ca.crt: |
    {pem}
"
        ));
        let found = secret.facts.certificates.iter();
        let shown: Vec<String> = found
            .map(|found| format!("{} {}", secret.path(found.node), found.not_after))
            .collect();
        assert_eq!(
            shown,
            [
                "data[\"tls.crt\"] 2051319845",
                "data.ca 2051319845",
                "stringData[\"ca.crt\"] 2051319845"
            ]
        );
    }

    #[test]
    fn a_bundle_has_the_ends_of_all_its_certificates() {
        let bundle = format!(
            "# ours\n{PEM}\n# broken\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n{PEM}"
        );
        assert_eq!(
            in_pem(&bundle).collect::<Vec<_>>(),
            [2_051_319_845, 2_051_319_845]
        );
    }

    #[test]
    fn damaged_certificates_are_left_out() {
        for length in 0..PEM.len() {
            assert_eq!(
                in_pem(&PEM[..length]).count(),
                usize::from(length >= PEM.trim_end().len())
            );
        }
    }
}
