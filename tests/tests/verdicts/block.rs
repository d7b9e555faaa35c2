//! Addresses of Terraform's, as other tools write them.

use analysis::Finding;

/// Whether a finding is about a block at an address. One that several instances of a block share names them all.
pub(crate) fn is_named(finding: &Finding, address: &str) -> bool {
    let related = finding.related.iter();
    let others = related.filter_map(|related| related.message.strip_prefix("also in "));
    let mut addresses = std::iter::once(finding.resource.address.as_str()).chain(others);
    addresses.any(|ours| is_at(ours, address))
}

/// Whether our address is what another tool's means. Others leave out `data`, the keys of instances, or the modules; where
/// they write a key, it must be ours, unless we do not know it.
pub(crate) fn is_at(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (without_data(ours), without_data(theirs));
    let [ours, theirs] = [&ours, &theirs].map(|address| steps(address));
    let mut pairs = ours.iter().rev().zip(theirs.iter().rev());
    let is_same = |((ours, our_key), (theirs, their_key)): (&Step<'_>, &Step<'_>)| {
        let is_same_key = their_key.is_empty() || *our_key == "[*]" || our_key == their_key;
        ours == theirs && is_same_key
    };
    ours.len() >= theirs.len() && pairs.all(is_same)
}

/// The same address as that of a block of a root.
pub(crate) fn without_modules(address: &str) -> String {
    let address = without_data(address);
    let steps = steps(&address);
    let own = steps.iter().skip(steps.len().saturating_sub(2));
    let own: Vec<String> = own.map(|(name, key)| format!("{name}{key}")).collect();
    own.join(".")
}

/// Whether a finding is about a part of the block at an address that is written apart: a block of another type that refers
/// to it, such as the access list of a bucket, or a data source that it refers to, such as its policy document. `text` is what
/// the blocks stand in.
pub(crate) fn is_part(finding: &Finding, text: &str, address: &str) -> bool {
    let resource = &finding.resource;
    let (kind, name) = (resource.kind.as_str(), resource.name.as_str());
    if let Some(kind) = kind.strip_prefix("data.") {
        return refers(text, address, &format!("data.{kind}.{name}"));
    }
    let part = format!("{kind}.{name}");
    address.split('.').next() != Some(kind) && refers(text, &part, address)
}

/// Whether the resource at an address refers to another block.
fn refers(text: &str, address: &str, other: &str) -> bool {
    let Some((kind, name)) = address.split_once('.') else {
        return false;
    };
    let block = text
        .split_once(&format!("resource \"{kind}\" \"{name}\""))
        .and_then(|(_, after)| after.split("\n}").next());
    let names = |block: &str| ['.', '['].map(|end| block.contains(&format!("{other}{end}")));
    block.is_some_and(|block| names(block).contains(&true))
}

fn without_data(address: &str) -> String {
    match address.strip_prefix("data.") {
        Some(rest) => rest.to_owned(),
        None => address.replacen(".data.", ".", 1),
    }
}

/// What stands between two dots of an address, and its key in brackets.
type Step<'a> = (&'a str, &'a str);

/// The steps of an address; a key in quotes may hold dots.
fn steps(address: &str) -> Vec<Step<'_>> {
    let mut is_quoted = false;
    let parts = address.split(|character| {
        is_quoted ^= character == '"';
        character == '.' && !is_quoted
    });
    let steps = parts.map(|part| part.split_at(part.find('[').unwrap_or(part.len())));
    steps.collect()
}

#[test]
fn addresses_of_other_tools_mean_ours() {
    for (ours, theirs) in [
        ("a.b", "a.b"),
        ("data.a.b", "a.b"),
        ("module.m[\"x.y]\"].data.a.b[0]", "module.m.a.b"),
        ("module.m.a.b[0]", "a.b"),
        ("a.b[*]", "a.b[\"x\"]"),
        ("module.m[*].a.b[\"x\"]", "module.m[\"k\"].a.b[\"x\"]"),
    ] {
        assert!(is_at(ours, theirs), "{ours} {theirs}");
    }
    for (ours, theirs) in [
        ("a.b[0]", "a.b[1]"),
        ("module.m[*].a.b[\"x\"]", "module.m[\"k\"].a.b[\"y\"]"),
        ("aa.b", "a.b"),
        ("a.b", "module.m.a.b"),
    ] {
        assert!(!is_at(ours, theirs), "{ours} {theirs}");
    }
}
