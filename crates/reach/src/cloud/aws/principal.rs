//! Who asks.

use graph::SmolStr;

use super::arn;
use super::pattern::Text;
use crate::truth::because;

/// The account of those of whom it is not known.
pub(super) const ANY_ACCOUNT: &str = "*";

/// Who asks. In names, the account `*` stands for one that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// A user, by name such as `arn:aws:iam::123456789012:user/anna`.
    User(SmolStr),
    /// A role, or a session of it of which only the role is known.
    Role(SmolStr),
    /// A session of a role.
    Session {
        /// The role.
        role: SmolStr,
        /// The session, such as `arn:aws:sts::123456789012:assumed-role/deploy/run-7`.
        session: SmolStr,
    },
    /// The root user of an account, by the account's number.
    Root(SmolStr),
    /// A service, such as `lambda.amazonaws.com`.
    Service(SmolStr),
    /// Someone whom a provider of identities vouches for, by the provider's name.
    Federated(SmolStr),
    /// Nobody that is known.
    Anonymous,
}

impl Principal {
    /// A session of a role, by its name.
    #[must_use]
    pub fn session(session: &str) -> Option<Self> {
        Some(Self::Session {
            role: arn::role_of_session(session)?.into(),
            session: session.into(),
        })
    }

    /// The account of the one who asks.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::User(name) | Self::Role(name) | Self::Session { role: name, .. } => {
                arn::account(name)
            }
            Self::Root(account) => Some(account),
            Self::Service(_) | Self::Federated(_) | Self::Anonymous => None,
        }
    }

    /// The name of a user or role, of which the account may not be known.
    pub(crate) fn name(&self) -> Option<Text> {
        self.arn().map(|arn| of_account(&arn))
    }

    /// The name that `aws:PrincipalArn` has: of a session that of the role.
    pub(super) fn arn(&self) -> Option<SmolStr> {
        match self {
            Self::User(name) | Self::Role(name) | Self::Session { role: name, .. } => {
                Some(name.clone())
            }
            Self::Root(account) => Some(smol_str::format_smolstr!("arn:aws:iam::{account}:root")),
            Self::Service(_) | Self::Federated(_) | Self::Anonymous => None,
        }
    }

    /// The name of a user without its path.
    pub(super) fn user_name(&self) -> Option<&str> {
        match self {
            Self::User(arn) => arn.rsplit('/').next(),
            _ => None,
        }
    }
}

/// A name, or an account, of which the account may not be known.
pub(super) fn of_account(name: &str) -> Text {
    let cause = || because("the account of the one who asks is not known");
    if name == ANY_ACCOUNT {
        return Text::unknown(&cause());
    }
    match name.split_once("::*:") {
        Some((before, after)) => {
            Text::around(&format!("{before}::"), &cause(), &format!(":{after}"))
        }
        None => Text::known(name),
    }
}
