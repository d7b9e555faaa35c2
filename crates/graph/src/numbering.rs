//! The numbers of resources that come and go.

use std::sync::{Arc, LazyLock};

use source::{FileId, Span};

use crate::{Data, Facts, Namespace, Resource, ResourceId, SmolStr, Tree};

/// Resources that come and go. Each keeps its number, and nothing gets the number of one that went, so that some are free.
#[derive(Debug)]
pub struct Numbered {
    /// Graphs of one family give the same things the same numbers, and have them in the same order.
    pub family: Arc<()>,
    /// How many numbers there are.
    pub numbers: usize,
    /// The resources in the order in which they are read.
    pub resources: Vec<(ResourceId, Arc<Resource>)>,
}

/// What has the numbers that are free.
static NOBODY: LazyLock<Arc<Resource>> = LazyLock::new(|| {
    let span = Span {
        file: FileId(0),
        start: 0,
        end: 0,
    };
    Arc::new(Resource {
        address: SmolStr::default(),
        api_version: SmolStr::default(),
        kind: SmolStr::default(),
        name: SmolStr::default(),
        namespace: Namespace::Unset,
        environment: None,
        subjects: Vec::new(),
        conditional: None,
        tree: Tree::new(Data::Null, span),
        facts: Facts::default(),
        merge_key: |_| None,
    })
});

/// What has the numbers that are free: no format declares it, no check judges it, and no link leads from or to it.
pub(crate) fn nobody() -> &'static Arc<Resource> {
    &NOBODY
}

/// Where resources stand in the order in which they are read.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    family: Arc<()>,
    /// By number.
    of: Vec<u32>,
}

impl Places {
    pub(crate) fn of(family: Arc<()>, numbers: usize, order: &[ResourceId]) -> Self {
        let mut of = vec![u32::MAX; numbers];
        for (place, id) in (0..).zip(order) {
            of[id.0 as usize] = place;
        }
        Self { family, of }
    }

    pub(crate) fn is_of_family(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.family, &other.family)
    }

    pub(crate) fn get(&self, id: ResourceId) -> u32 {
        self.of.get(id.0 as usize).copied().unwrap_or(u32::MAX)
    }
}
