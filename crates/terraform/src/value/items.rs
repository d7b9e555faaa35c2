//! Changes of the elements of a sequence.

use std::sync::Arc;

use super::{Data, Shape, Unknown, Value};

impl Value {
    /// The same sequence as a tuple whose elements are changed, those included that it has for certain where it is partly
    /// unknown, and what any further element is like. Anything else is left as it is.
    #[must_use]
    pub(crate) fn map_items(&self, change: impl Fn(&Self) -> Self) -> Self {
        let all = |items: &[Self]| -> Arc<[Self]> { items.iter().map(&change).collect() };
        let data = match &self.data {
            Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
                Data::Tuple(all(items))
            }
            Data::Unknown(unknown) => {
                let Some(Shape::Items { items, rest }) = &unknown.shape else {
                    return self.clone();
                };
                let shape = Shape::Items {
                    items: all(items),
                    rest: change(rest).into(),
                };
                let unknown = Unknown {
                    shape: Some(shape),
                    ..unknown.as_ref().clone()
                };
                Data::Unknown(unknown.into())
            }
            _ => return self.clone(),
        };
        self.with_data(data)
    }
}
