//! The checks that a name means: ours by id, those of other tools by alias, however the tool lets
//! it be spelled.

use std::sync::Arc;

use check::Library;
use foldhash::{HashMap, HashMapExt};
use smol_str::SmolStr;

use super::pattern;

/// Whose directive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tool {
    Scantling,
    Trivy,
    Checkov,
    Kics,
    KubeLinter,
    KubeScore,
    Polaris,
    Kubescape,
}

impl Tool {
    const OTHERS: [Self; 7] = [
        Self::Trivy,
        Self::Checkov,
        Self::Kics,
        Self::KubeLinter,
        Self::KubeScore,
        Self::Polaris,
        Self::Kubescape,
    ];

    /// The name of the tool, which is also the prefix of an alias.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Scantling => "scantling",
            Self::Trivy => "trivy",
            Self::Checkov => "checkov",
            Self::Kics => "kics",
            Self::KubeLinter => "kube-linter",
            Self::KubeScore => "kube-score",
            Self::Polaris => "polaris",
            Self::Kubescape => "kubescape",
        }
    }
}

/// The longest name for which a similar one is looked for, in bytes.
const LONGEST: usize = 100;

/// The ids of checks, sorted.
pub(super) type CheckIds = Arc<[SmolStr]>;

/// All checks by their names.
pub(super) struct Names {
    /// All ids.
    ids: Vec<SmolStr>,
    /// By id, and by alias as the check writes it.
    exact: HashMap<SmolStr, CheckIds>,
    /// By the plain spelling of an alias.
    aliases: HashMap<(Tool, String), CheckIds>,
    /// All checks that a tool has too.
    shared: HashMap<Tool, CheckIds>,
}

impl Names {
    pub(super) fn new(library: &Library) -> Self {
        let mut exact: HashMap<SmolStr, Vec<SmolStr>> = HashMap::new();
        let mut aliases: HashMap<(Tool, String), Vec<SmolStr>> = HashMap::new();
        let mut shared: HashMap<Tool, Vec<SmolStr>> = HashMap::new();
        for check in &library.checks {
            exact
                .entry(check.id.clone())
                .or_default()
                .push(check.id.clone());
            for alias in &check.aliases {
                exact
                    .entry(alias.clone())
                    .or_default()
                    .push(check.id.clone());
                let Some((tool, id)) = owner(alias) else {
                    continue;
                };
                aliases
                    .entry((tool, spelled(tool, id)))
                    .or_default()
                    .push(check.id.clone());
                shared.entry(tool).or_default().push(check.id.clone());
            }
        }
        Self {
            ids: library
                .checks
                .iter()
                .map(|check| check.id.clone())
                .collect(),
            exact: sorted(exact),
            aliases: sorted(aliases),
            shared: sorted(shared),
        }
    }

    /// The checks that a name in a directive of ours means: an id, or an alias in any spelling.
    pub(super) fn ours(&self, name: &str) -> Option<CheckIds> {
        let by_alias = || {
            let (tool, id) = owner(name)?;
            self.aliases.get(&(tool, spelled(tool, id)))
        };
        self.exact.get(name).or_else(by_alias).cloned()
    }

    /// The checks that a tool's directive means by an id or a pattern of ids; none where no check
    /// has that alias.
    pub(super) fn theirs(&self, tool: Tool, id: &str) -> CheckIds {
        if id == "*" {
            return self.shared(tool);
        }
        let id = spelled(tool, id);
        if id.contains('*') {
            let found = self
                .aliases
                .iter()
                .filter(|((owner, alias), _)| *owner == tool && pattern::matches(&id, alias));
            return ids(found
                .flat_map(|(_, checks)| checks.iter().cloned())
                .collect());
        }
        self.aliases.get(&(tool, id)).cloned().unwrap_or_default()
    }

    /// The checks of any of a tool's ids.
    pub(super) fn any_of(&self, tool: Tool, names: &[&str]) -> CheckIds {
        ids(names
            .iter()
            .flat_map(|name| self.theirs(tool, name).to_vec())
            .collect())
    }

    /// All checks that a tool has too. A directive for everything that a tool finds accepts these,
    /// and not what only we find.
    pub(super) fn shared(&self, tool: Tool) -> CheckIds {
        self.shared.get(&tool).cloned().unwrap_or_default()
    }

    /// The id that was probably meant; none for text far longer than any id, for which the search
    /// would take long.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let ids = || self.ids.iter().map(SmolStr::as_str);
        (name.len() <= LONGEST)
            .then(|| source::nearest(name, ids()))
            .flatten()
    }
}

fn sorted<K: Eq + std::hash::Hash>(map: HashMap<K, Vec<SmolStr>>) -> HashMap<K, CheckIds> {
    map.into_iter()
        .map(|(key, checks)| (key, ids(checks)))
        .collect()
}

fn ids(mut checks: Vec<SmolStr>) -> CheckIds {
    checks.sort();
    checks.dedup();
    checks.into()
}

/// The tool that an alias belongs to, by its prefix or, for the tools whose ids can't be mistaken,
/// by its shape; and the id.
fn owner(alias: &str) -> Option<(Tool, &str)> {
    if let Some((prefix, id)) = alias.split_once(':') {
        let tool = Tool::OTHERS
            .into_iter()
            .find(|tool| tool.text() == prefix)?;
        return Some((tool, id));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let tool = if alias.starts_with("CKV") {
        Tool::Checkov
    } else if is_uuid(alias) {
        Tool::Kics
    } else if alias.strip_prefix("C-").is_some_and(digits) {
        Tool::Kubescape
    } else if digits(
        alias.trim_start_matches(|byte: char| byte.is_ascii_uppercase() || byte == '-'),
    ) {
        Tool::Trivy
    } else {
        return None;
    };
    Some((tool, alias))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// An id in the one spelling under which it is looked up.
fn spelled(tool: Tool, id: &str) -> String {
    match tool {
        Tool::Trivy => trivy_id(id),
        Tool::Kics => id.to_ascii_lowercase(),
        Tool::Kubescape => id.to_ascii_uppercase(),
        // Polaris knows `cpuRequestsMissing`; people also write `cpu-requests-missing`.
        Tool::Polaris => id
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|character| character.to_ascii_lowercase())
            .collect(),
        Tool::Scantling | Tool::Checkov | Tool::KubeLinter | Tool::KubeScore => id.to_owned(),
    }
}

/// Trivy has named one check `KSV001`, `AVD-KSV-0001` and `KSV-0001`, and takes them all.
fn trivy_id(id: &str) -> String {
    let id = id.to_ascii_uppercase();
    let id = id.strip_prefix("AVD-").unwrap_or(&id);
    let number = id.trim_start_matches(|character: char| character.is_ascii_uppercase());
    let letters = &id[..id.len() - number.len()];
    let number = number.strip_prefix('-').unwrap_or(number);
    if letters.is_empty() || number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return id.to_owned();
    }
    format!("{letters}-{number:0>4}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_id_is_the_same() {
        for (tool, one, two) in [
            (Tool::Trivy, "KSV-0001", "KSV001"),
            (Tool::Trivy, "KSV-0001", "AVD-KSV-0001"),
            (Tool::Trivy, "KSV-0117", "avd-ksv-0117"),
            (Tool::Polaris, "cpuRequestsMissing", "cpu-requests-missing"),
            (Tool::Kubescape, "C-0057", "c-0057"),
            (
                Tool::Kics,
                "c48e57d3-d642-4e0b-90db-37f807b41b91",
                "C48E57D3-D642-4E0B-90DB-37F807B41B91",
            ),
        ] {
            assert_eq!(spelled(tool, one), spelled(tool, two), "{one} {two}");
        }
        assert_ne!(
            spelled(Tool::Trivy, "KSV-0001"),
            spelled(Tool::Trivy, "KSV-0010")
        );
    }

    #[test]
    fn aliases_tell_their_tool() {
        for (alias, expected) in [
            ("KSV-0017", Some((Tool::Trivy, "KSV-0017"))),
            ("AVD-KSV-0017", Some((Tool::Trivy, "AVD-KSV-0017"))),
            ("KSV017", Some((Tool::Trivy, "KSV017"))),
            ("CKV2_K8S_1", Some((Tool::Checkov, "CKV2_K8S_1"))),
            ("C-0057", Some((Tool::Kubescape, "C-0057"))),
            (
                "c48e57d3-d642-4e0b-90db-37f807b41b91",
                Some((Tool::Kics, "c48e57d3-d642-4e0b-90db-37f807b41b91")),
            ),
            (
                "kube-linter:privileged-container",
                Some((Tool::KubeLinter, "privileged-container")),
            ),
            ("trivy:KSV-0017", Some((Tool::Trivy, "KSV-0017"))),
            ("popeye:POP-100", None),
            ("privileged-container", None),
        ] {
            assert_eq!(owner(alias), expected, "{alias}");
        }
    }
}
