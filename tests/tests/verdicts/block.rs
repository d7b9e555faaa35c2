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
    if ours == theirs {
        return true;
    }
    let known = theirs.contains('[') && !ours.contains("[*]");
    let [ours_block, theirs_block] = [&ours, &theirs].map(|address| without_keys(address));
    let modules = ours_block.strip_suffix(&theirs_block);
    !known && modules.is_some_and(|modules| modules.is_empty() || modules.ends_with('.'))
}

/// Whether the block of a finding is of another type and refers to the one at an address: others name a bucket where we name
/// the access list that is wrong. `text` is what the block stands in.
pub(crate) fn refers(finding: &Finding, text: &str, address: &str) -> bool {
    let resource = &finding.resource;
    let is_same_type = address.split('.').next() == Some(resource.kind.as_str());
    let head = format!("resource \"{}\" \"{}\"", resource.kind, resource.name);
    let block = text
        .split_once(&head)
        .and_then(|(_, after)| after.split("\n}").next());
    let names = |block: &str| ['.', '['].map(|end| block.contains(&format!("{address}{end}")));
    !is_same_type && block.is_some_and(|block| names(block).contains(&true))
}

fn without_data(address: &str) -> String {
    match address.strip_prefix("data.") {
        Some(rest) => rest.to_owned(),
        None => address.replacen(".data.", ".", 1),
    }
}

/// An address without what stands in brackets; a key in quotes may hold anything.
fn without_keys(address: &str) -> String {
    let (mut is_key, mut is_quoted) = (false, false);
    let kept = address.chars().filter(|&character| {
        is_quoted ^= is_key && character == '"';
        let was_key = is_key;
        match character {
            '[' if !is_quoted => is_key = true,
            ']' if !is_quoted => is_key = false,
            _ => {}
        }
        !was_key && !is_key
    });
    kept.collect()
}

#[test]
fn addresses_of_other_tools_mean_ours() {
    for (ours, theirs) in [
        ("a.b", "a.b"),
        ("data.a.b", "a.b"),
        ("module.m[\"x.y]\"].data.a.b[0]", "module.m.a.b"),
        ("module.m.a.b[0]", "a.b"),
        ("a.b[*]", "a.b[\"x\"]"),
    ] {
        assert!(is_at(ours, theirs), "{ours} {theirs}");
    }
    for (ours, theirs) in [
        ("a.b[0]", "a.b[1]"),
        ("aa.b", "a.b"),
        ("a.b", "module.m.a.b"),
    ] {
        assert!(!is_at(ours, theirs), "{ours} {theirs}");
    }
}
