//! Who acts, and whom bindings name.

use std::sync::Arc;

use graph::{Namespace, SmolStr, Unknown};
use smol_str::format_smolstr;

use super::certainty::{MEMBERSHIP, UNSET};
use super::symbols::{Symbol, Symbols};
use super::text::Text;
use crate::truth::Truth;

/// How the API server calls ServiceAccounts: `system:serviceaccount:namespace:name`.
const ACCOUNT: &str = "system:serviceaccount:";

/// The group of all ServiceAccounts; with `:namespace` behind, of those in a namespace.
const ACCOUNTS: &str = "system:serviceaccounts";

/// Whoever did not say who they are. Nobody else is in their only group.
const ANONYMOUS: &str = "system:anonymous";

/// The group whose members may do everything, whatever roles say.
pub(super) const MASTERS: &str = "system:masters";

/// Someone to whom bindings give roles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A user by name. `system:serviceaccount:namespace:name` is that ServiceAccount.
    User(SmolStr),
    /// Whoever is in the group.
    Group(SmolStr),
    /// A ServiceAccount.
    Account {
        /// Where it lives.
        namespace: Namespace,
        /// Its name.
        name: SmolStr,
    },
}

/// The groups of a user beside those that everyone is in by nature: `system:authenticated` and those of ServiceAccounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Groups {
    /// These and no others.
    All(Vec<SmolStr>),
    /// These, and perhaps others.
    Some(Vec<SmolStr>),
}

/// Who acts, with what is known of the groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub subject: Subject,
    /// The groups. ServiceAccounts have none but their own.
    pub groups: Groups,
}

impl From<Subject> for Asker {
    /// Of a user's groups nothing is known, as a cluster does not store them.
    fn from(subject: Subject) -> Self {
        let groups = match &subject {
            Subject::User(name) if name != ANONYMOUS && account(name).is_none() => {
                Groups::Some(Vec::new())
            }
            _ => Groups::All(Vec::new()),
        };
        Self { subject, groups }
    }
}

impl Asker {
    /// Whether they may do everything, whatever roles say.
    #[must_use]
    pub fn is_master(&self) -> bool {
        Who::new(self).is_master()
    }
}

/// An [`Asker`] as bindings see it.
#[derive(Debug, Default)]
pub(super) struct Who {
    /// `None` of a group, and of a ServiceAccount in a namespace that nobody wrote.
    pub(super) user: Option<SmolStr>,
    /// The name of a ServiceAccount in a namespace that nobody wrote.
    pub(super) unset: Option<SmolStr>,
    pub(super) groups: Vec<SmolStr>,
    /// Whether there may be other groups.
    pub(super) is_open: bool,
}

impl Who {
    pub(super) fn new(asker: &Asker) -> Self {
        let mut who = match &asker.subject {
            Subject::User(name) => Self::user(name.clone()),
            Subject::Group(name) => Self::group(name),
            Subject::Account {
                namespace: Namespace::Named(namespace),
                name,
            } => Self::user(format_smolstr!("{ACCOUNT}{namespace}:{name}")),
            Subject::Account { name, .. } => Self {
                unset: Some(name.clone()),
                groups: vec![ACCOUNTS.into(), "system:authenticated".into()],
                ..Self::default()
            },
        };
        let (Groups::All(groups) | Groups::Some(groups)) = &asker.groups;
        who.groups.extend(groups.iter().cloned());
        who.groups.sort_unstable();
        who.groups.dedup();
        who.is_open = matches!(asker.groups, Groups::Some(_));
        who
    }

    fn user(name: SmolStr) -> Self {
        let mut groups = vec![authentication(&name)];
        if let Some((namespace, _)) = account(&name) {
            groups.push(ACCOUNTS.into());
            groups.push(format_smolstr!("{ACCOUNTS}:{namespace}"));
        }
        Self {
            user: Some(name),
            groups,
            ..Self::default()
        }
    }

    /// What is known of everyone in a group.
    fn group(name: &SmolStr) -> Self {
        let mut groups = vec![name.clone()];
        if name != "system:unauthenticated" {
            groups.push("system:authenticated".into());
        }
        if name
            .strip_prefix(ACCOUNTS)
            .is_some_and(|rest| rest.starts_with(':'))
        {
            groups.push(ACCOUNTS.into());
        }
        Self {
            groups,
            ..Self::default()
        }
    }

    pub(super) fn is_master(&self) -> bool {
        self.groups.iter().any(|group| group == MASTERS)
    }

    fn is_in(&self, group: &str) -> Truth {
        let is_own = |name: &SmolStr| name == group;
        let is_of_some_namespace = || group.starts_with("system:serviceaccounts:");
        if self.groups.iter().any(is_own) {
            Truth::Yes
        } else if self.unset.is_some() && is_of_some_namespace() {
            Truth::Maybe(UNSET.get())
        } else if self.is_open {
            Truth::Maybe(MEMBERSHIP.get())
        } else {
            Truth::No
        }
    }

    fn is_called(&self, user: &str) -> Truth {
        match (&self.user, &self.unset) {
            (Some(name), _) if name == user => Truth::Yes,
            (_, Some(name)) if account_name(user) == Some(name) => Truth::Maybe(UNSET.get()),
            _ => Truth::No,
        }
    }
}

fn authentication(user: &str) -> SmolStr {
    if user == ANONYMOUS {
        "system:unauthenticated".into()
    } else {
        "system:authenticated".into()
    }
}

/// The namespace and the name of the ServiceAccount that a user name stands for.
pub(super) fn account(user: &str) -> Option<(&str, &str)> {
    let (namespace, name) = user.strip_prefix(ACCOUNT)?.split_once(':')?;
    (!namespace.is_empty() && !name.is_empty() && !name.contains(':')).then_some((namespace, name))
}

fn account_name(user: &str) -> Option<&str> {
    account(user).map(|(_, name)| name)
}

/// Whom a binding names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Whom {
    /// A user, or a ServiceAccount by its user name.
    User(Text),
    Group(Text),
    /// A ServiceAccount of which not the whole user name is known.
    Account {
        namespace: Place,
        name: Text,
    },
    /// Anyone.
    Any(Arc<Unknown>),
}

/// The namespace of a ServiceAccount.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    Written(Text),
    /// That of the binding, which nobody wrote.
    Unset,
}

impl Whom {
    /// A ServiceAccount, by its user name if that is known.
    pub(super) fn account(symbols: &mut Symbols, namespace: Place, name: Text) -> Self {
        if let (Place::Written(Text::Known(namespace)), Text::Known(name)) = (&namespace, &name) {
            let (namespace, name) = (symbols.text(*namespace), symbols.text(*name));
            let user = format_smolstr!("{ACCOUNT}{namespace}:{name}");
            return Self::User(Text::Known(symbols.add(&user)));
        }
        Self::Account { namespace, name }
    }

    /// Whether this is who acts.
    pub(super) fn is(&self, who: &Who, symbols: &Symbols) -> Truth {
        match self {
            Self::User(Text::Known(name)) => who.is_called(symbols.text(*name)),
            Self::User(Text::Open(pattern)) => match &who.user {
                Some(user) if pattern.may_be(user) => Truth::Maybe(Arc::clone(&pattern.cause)),
                Some(_) => Truth::No,
                None if who.unset.is_some() => Truth::Maybe(Arc::clone(&pattern.cause)),
                None => Truth::No,
            },
            Self::Group(Text::Known(group)) => who.is_in(symbols.text(*group)),
            Self::Group(Text::Open(pattern)) => {
                let fits = who.is_open || who.groups.iter().any(|group| pattern.may_be(group));
                if fits {
                    Truth::Maybe(Arc::clone(&pattern.cause))
                } else {
                    Truth::No
                }
            }
            Self::Account { namespace, name } => is_account(namespace, name, who, symbols),
            Self::Any(cause) => Truth::Maybe(Arc::clone(cause)),
        }
    }

    /// The subject, if it is known.
    pub(super) fn subject(&self, symbols: &Symbols) -> Option<Subject> {
        match self {
            Self::User(Text::Known(user)) => {
                let user = symbols.text(*user);
                let of_account = account(user).map(|(namespace, name)| Subject::Account {
                    namespace: Namespace::Named(namespace.into()),
                    name: name.into(),
                });
                Some(of_account.unwrap_or_else(|| Subject::User(user.clone())))
            }
            Self::Group(Text::Known(group)) => Some(Subject::Group(symbols.text(*group).clone())),
            Self::Account {
                namespace: Place::Unset,
                name: Text::Known(name),
            } => Some(Subject::Account {
                namespace: Namespace::Unset,
                name: symbols.text(*name).clone(),
            }),
            _ => None,
        }
    }

    /// Why it is not known.
    pub(super) fn cause(&self) -> Option<&Arc<Unknown>> {
        match self {
            Self::Any(cause) => Some(cause),
            Self::User(Text::Open(pattern))
            | Self::Group(Text::Open(pattern))
            | Self::Account {
                name: Text::Open(pattern),
                ..
            }
            | Self::Account {
                namespace: Place::Written(Text::Open(pattern)),
                ..
            } => Some(&pattern.cause),
            _ => None,
        }
    }

    /// The name of the ServiceAccount, if that is known and whatever its namespace.
    pub(super) fn account_name(&self, symbols: &mut Symbols) -> Option<Symbol> {
        match self {
            Self::User(Text::Known(user)) => {
                let name = account_name(symbols.text(*user)).map(SmolStr::from)?;
                Some(symbols.add(&name))
            }
            Self::Account {
                namespace: Place::Unset,
                name: Text::Known(name),
            } => Some(*name),
            _ => None,
        }
    }
}

fn is_account(namespace: &Place, name: &Text, who: &Who, symbols: &Symbols) -> Truth {
    let of_user = who.user.as_deref().and_then(account);
    let Some(own) = of_user.map(|(_, name)| name).or(who.unset.as_deref()) else {
        return Truth::No;
    };
    let name = match name {
        Text::Known(name) if symbols.text(*name) == own => Truth::Yes,
        Text::Open(pattern) if pattern.may_be(own) => Truth::Maybe(Arc::clone(&pattern.cause)),
        Text::Known(_) | Text::Open(_) => Truth::No,
    };
    let namespace = match (namespace, of_user) {
        // Nobody wrote either, so they are one.
        (Place::Unset, None) => Truth::Yes,
        (Place::Unset, Some(_)) | (Place::Written(Text::Known(_)), None) => {
            Truth::Maybe(UNSET.get())
        }
        (Place::Written(Text::Known(written)), Some((own, _))) => {
            if symbols.text(*written) == own {
                Truth::Yes
            } else {
                Truth::No
            }
        }
        (Place::Written(Text::Open(pattern)), Some((own, _))) if !pattern.may_be(own) => Truth::No,
        (Place::Written(Text::Open(pattern)), _) => Truth::Maybe(Arc::clone(&pattern.cause)),
    };
    name.and(namespace)
}
