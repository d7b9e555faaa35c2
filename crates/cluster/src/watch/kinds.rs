//! All kinds, as they come and go.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kubernetes::snapshot::{Kind, Outcome};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use super::follow::Follower;
use super::mirror::{Name, name};
use super::shared::Shared;
use crate::discovery::{Discovered, discover, is_unanswered};
use crate::list::ReadKind;

/// When the server is asked for its kinds though nothing says that they changed.
const LATEST: Duration = Duration::from_secs(600);

/// When it is asked after something says so: a kind is served some time after its definition is there.
const DELAYS: [Duration; 4] = [
    Duration::from_millis(300),
    Duration::from_millis(700),
    Duration::from_secs(2),
    Duration::from_secs(5),
];

/// Those who follow the kinds of a server, each with the version in which it is read.
pub(super) struct Followers {
    shared: Arc<Shared>,
    tasks: HashMap<Name, (String, AbortHandle)>,
}

impl Followers {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            tasks: HashMap::new(),
        }
    }

    /// Follows the kinds that were read, and those that come.
    pub(super) async fn run(mut self, read: Vec<(Kind, Option<String>)>) {
        for (kind, version) in read {
            self.follow(kind, version);
        }
        loop {
            // Nobody says anything for a while: then they are asked for anyway.
            let _ = timeout(LATEST, self.shared.kinds.notified()).await;
            for delay in DELAYS {
                sleep(delay).await;
                if let Ok(found) = discover(&self.shared.reader).await {
                    self.compare(found);
                }
            }
        }
    }

    /// Begins with kinds that are new, and ends with those that are over.
    fn compare(&mut self, found: Discovered) {
        let is_there = |name: &Name| {
            let mut kinds = found.kinds.iter();
            kinds.any(|kind| {
                kind.group == name.0 && (kind.resource == name.1 || is_unanswered(kind))
            })
        };
        let over: Vec<Name> = self
            .tasks
            .keys()
            .filter(|name| !is_there(name))
            .cloned()
            .collect();
        for name in &over {
            self.end(name);
        }
        self.shared.change(|mirror| {
            mirror.set_version(found.version);
            mirror.retain_kinds(is_there);
        });
        for kind in found.kinds {
            let known = self.tasks.get(&name(&kind));
            if known.is_some_and(|(version, _)| *version == kind.version) {
                continue;
            }
            self.end(&name(&kind));
            self.follow(kind, None);
        }
    }

    fn end(&mut self, name: &Name) {
        if let Some((_, task)) = self.tasks.remove(name) {
            task.abort();
        }
    }

    /// Follows a kind, unless it is not to be read.
    fn follow(&mut self, kind: Kind, version: Option<String>) {
        if matches!(kind.outcome, Outcome::LeftOut(_)) || is_unanswered(&kind) {
            self.shared.change(|mirror| mirror.set_kind(&kind));
            return;
        }
        let name = name(&kind);
        let own = kind.version.clone();
        let follower = Follower::new(Arc::clone(&self.shared), kind, version);
        let task = tokio::spawn(follower.run());
        self.tasks.insert(name, (own, task.abort_handle()));
    }
}

/// The kinds that were read, each with the version of its list.
pub(super) fn versions(read: &[ReadKind]) -> Vec<(Kind, Option<String>)> {
    let versions = read.iter().map(|one| {
        let version = one.list.as_ref().map(|list| list.version.clone());
        (one.kind.clone(), version)
    });
    versions.collect()
}
