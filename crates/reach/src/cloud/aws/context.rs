//! The circumstances of a request, which conditions ask for.

use std::collections::BTreeMap;
use std::sync::Arc;

use graph::{Cause, SmolStr, UNKNOWN_PART, Unknown};
use smol_str::format_smolstr;

use super::pattern::Text;
use super::principal::{Principal, of_account};

/// What is known of a key of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// The request does not have it.
    Absent,
    /// It has these values; most keys have one.
    Values(Vec<Text>),
    /// That is not known, and why.
    Unknown(Arc<Unknown>),
}

/// The circumstances of a request by key. Of keys that are not told nothing is known, but for what follows from who asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    facts: BTreeMap<String, Fact>,
    /// The subject and the audience of the token that the request is made with, whichever provider signed it.
    token: Option<(Text, Text)>,
    /// Whether the request has no other keys than those that are told.
    pub is_whole: bool,
}

impl Context {
    /// Tells what a key has. Keys are the same in small and capital letters.
    pub fn tell(&mut self, key: &str, fact: Fact) {
        self.facts.insert(key.to_ascii_lowercase(), fact);
    }

    /// Tells of which subject and for whom the token is that the request is made with, whichever provider signed it.
    pub fn tell_token(&mut self, subject: &str, audience: &str) {
        self.token = Some((Text::known(subject), Text::known(audience)));
    }

    /// The same as [`Self::tell`] for one known value.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.tell(key, Fact::Values(vec![Text::known(value)]));
        self
    }

    /// What a key has.
    pub(super) fn fact(&self, key: &str, principal: &Principal) -> Fact {
        let key = key.to_ascii_lowercase();
        if let Some(fact) = self.facts.get(&key) {
            return fact.clone();
        }
        if let Some((subject, audience)) = &self.token {
            let one = |text: &Text| Fact::Values(vec![text.clone()]);
            if key.ends_with(":sub") {
                return one(subject);
            } else if key.ends_with(":aud") {
                return one(audience);
            }
        }
        match of_principal(&key, principal) {
            Some(fact) => fact,
            None if self.is_whole && !key.contains(UNKNOWN_PART) => Fact::Absent,
            None => Fact::Unknown(cause(&key)),
        }
    }
}

/// What follows from who asks.
fn of_principal(key: &str, principal: &Principal) -> Option<Fact> {
    let one = |text: &str| Fact::Values(vec![of_account(text)]);
    let value = match key {
        "aws:principalarn" => principal.arn().map(|arn| one(&arn)),
        "aws:principalaccount" => principal.account().map(one),
        "aws:principaltype" => Some(one(match principal {
            Principal::User(_) => "User",
            Principal::Role(_) | Principal::Session { .. } => "AssumedRole",
            Principal::Root(_) => "Account",
            Principal::Anonymous => "Anonymous",
            Principal::Service(_) | Principal::Federated(_) => return None,
        })),
        "aws:username" => match principal {
            Principal::User(_) => principal.user_name().map(one),
            Principal::Federated(_) => return None,
            _ => Some(Fact::Absent),
        },
        "aws:principalservicename" => match principal {
            Principal::Service(name) => Some(one(name)),
            _ => Some(Fact::Absent),
        },
        "aws:principalisawsservice" => {
            let is_service = matches!(principal, Principal::Service(_));
            Some(one(if is_service { "true" } else { "false" }))
        }
        _ => return None,
    };
    Some(value.unwrap_or(Fact::Absent))
}

fn cause(key: &str) -> Arc<Unknown> {
    let text: SmolStr = format_smolstr!("`{key}` of the request is not known");
    Arc::new(Unknown::new(Cause::Other(text)))
}
