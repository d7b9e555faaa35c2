//! Values that a chart takes over from those in it.

use source::{Level, Problem};

use super::{InstanceId, Instances, Refusal};
use crate::chart::{Import, Written};
use crate::value::{Data, Key, Map, MapType, Value};
use crate::values::{Mode, copy_map, table};

impl Instances<'_> {
    /// Takes over values, from the innermost charts outwards.
    pub(super) fn import(&mut self, id: InstanceId) -> Result<(), Refusal> {
        for child in self.get(id).children.clone() {
            self.import(child)?;
        }
        let Some(declared) = self.get(id).declared.clone() else {
            return Ok(());
        };
        let nothing = Map::new(&MapType::ANY, []);
        let values = self.coalesce(id, &nothing, Mode::Merge)?;
        let imported = Map::new(&MapType::ANY, []);
        for one in declared {
            let declared = &mut self.declared[one];
            if std::mem::replace(&mut declared.imported, true) {
                continue;
            }
            let name = declared.name.clone();
            for import in declared.dependency.import_values.clone() {
                self.take_over(&name, &import, &values, &imported);
            }
        }
        let values = copy_map(&values);
        self.tables.coalesce(&values, &imported, "", Mode::Merge);
        self.get_mut(id).values = values;
        Ok(())
    }

    fn take_over(&mut self, name: &str, import: &Written<Import>, values: &Map, imported: &Map) {
        let (child, parent) = match &import.value {
            Import::Export(export) => (format!("exports.{export}"), "."),
            Import::Path { child, parent } => (child.clone(), parent.as_str()),
            Import::Other => return,
        };
        let Some(found) = table(values, &format!("{name}.{child}")) else {
            return self.warn_missing(name, &child, import);
        };
        let placed = match parent {
            "." => found,
            parent => nested(parent, found),
        };
        self.tables.coalesce(imported, &placed, "", Mode::Merge);
    }

    fn warn_missing(&mut self, name: &str, child: &str, import: &Written<Import>) {
        if let Some(span) = import.span {
            let message = format!("the chart {name} has no map {child} that could be taken over");
            let problem = Problem::at(Level::Warning, "chart-values", message, span);
            self.tables.problems.push(problem);
        }
    }
}

/// A map that holds another one at a path.
fn nested(path: &str, inner: Map) -> Map {
    path.rsplit('.').fold(inner, |inner, name| {
        let value = Value::new(Data::Map(inner));
        Map::new(&MapType::ANY, [(Key::from(name), value)])
    })
}
