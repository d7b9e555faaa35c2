//! Which of the charts in a chart are wanted, by tags and conditions.

use std::collections::HashSet;

use super::instances::{DeclaredId, is_compatible};
use super::{Instance, InstanceId, Instances, Refusal};
use crate::value::{Data, Map, Place, Value};
use crate::values::{Mode, path_value, table};

impl Instances<'_> {
    /// Takes out the charts that are not wanted, and gives the others the names that they are declared with.
    ///
    /// # Errors
    /// When there are too many charts, or what is set for one is no map.
    pub fn process(&mut self, set: &Map) -> Result<(), Refusal> {
        self.enable(self.root(), set, "")?;
        self.import(self.root())
    }

    fn enable(&mut self, id: InstanceId, set: &Map, path: &str) -> Result<(), Refusal> {
        let Some(declared) = self.get(id).declared.clone() else {
            return Ok(());
        };
        let children = self.named(id, &declared)?;
        self.set_children(id, children);
        for one in &declared {
            self.declared[*one].enabled = true;
        }
        let values = self.coalesce(id, set, Mode::Coalesce)?;
        self.apply_tags(&declared, &values);
        self.apply_conditions(&declared, &values, path);
        let unwanted: HashSet<String> = declared
            .iter()
            .map(|one| &self.declared[*one])
            .filter(|one| !one.enabled)
            .map(|one| one.name.clone())
            .collect();
        let mut wanted = self.get(id).children.clone();
        wanted.retain(|child| !unwanted.contains(&self.get(*child).name));
        for child in &wanted {
            let path = format!("{path}{}.", self.get(*child).name);
            self.enable(*child, &values, &path)?;
        }
        let mut kept = declared;
        kept.retain(|one| !unwanted.contains(&self.declared[*one].name));
        self.get_mut(id).declared = (!kept.is_empty()).then_some(kept);
        self.set_children(id, wanted);
        Ok(())
    }

    /// The charts that nothing is declared of, and behind them a copy for each declaration, under its name.
    fn named(
        &mut self,
        id: InstanceId,
        declared: &[DeclaredId],
    ) -> Result<Vec<InstanceId>, Refusal> {
        let present = self.get(id).children.clone();
        let is_declared = |child: &InstanceId| {
            let mut declared = declared.iter();
            declared.any(|one| self.fits(*child, *one))
        };
        let mut children: Vec<InstanceId> = present
            .iter()
            .filter(|child| !is_declared(child))
            .copied()
            .collect();
        for one in declared {
            let mut present = present.iter();
            if let Some(child) = present.find(|child| self.fits(**child, *one)) {
                let copy = self.copy(*child, *one)?;
                children.push(copy);
            }
            let declared = &mut self.declared[*one];
            if !declared.dependency.alias.value.is_empty() {
                declared.name.clone_from(&declared.dependency.alias.value);
            }
        }
        Ok(children)
    }

    fn fits(&self, child: InstanceId, declared: DeclaredId) -> bool {
        let (child, declared) = (self.get(child), &self.declared[declared]);
        child.name == declared.name
            && is_compatible(
                &declared.dependency.version.value,
                &child.chart.metadata.version.value,
            )
    }

    fn copy(&mut self, child: InstanceId, declared: DeclaredId) -> Result<InstanceId, Refusal> {
        let alias = &self.declared[declared].dependency.alias.value;
        let child = self.get(child);
        let name = match alias.is_empty() {
            true => child.name.clone(),
            false => alias.clone(),
        };
        let copy = Instance {
            name,
            ..child.clone()
        };
        self.add(copy)
    }

    fn set_children(&mut self, id: InstanceId, children: Vec<InstanceId>) {
        for child in &children {
            self.get_mut(*child).parent = Some(id);
        }
        self.get_mut(id).children = children;
    }

    fn apply_tags(&mut self, declared: &[DeclaredId], values: &Map) {
        let Some(tags) = table(values, "tags") else {
            return;
        };
        for one in declared {
            let (mut is_on, mut is_off) = (false, false);
            for tag in self.declared[*one].dependency.tags.clone() {
                let Some(value) = tags.get(&tag.value) else {
                    continue;
                };
                match self.truth(&value) {
                    Some(true) => is_on = true,
                    Some(false) => is_off = true,
                    None => {
                        let message = format!("tag {} of a chart is not a truth value", tag.value);
                        self.tables.warn(message, &value);
                    }
                }
            }
            self.declared[*one].enabled = is_on || !is_off;
        }
    }

    fn apply_conditions(&mut self, declared: &[DeclaredId], values: &Map, path: &str) {
        for one in declared {
            let condition = self.declared[*one].dependency.condition.value.clone();
            let conditions = condition.trim().split(',');
            for condition in conditions.filter(|condition| !condition.is_empty()) {
                let Some(value) = path_value(values, &format!("{path}{condition}")) else {
                    continue;
                };
                if let Some(enabled) = self.truth(&value) {
                    self.declared[*one].enabled = enabled;
                    break;
                }
                let message = format!("condition {condition} of a chart is not a truth value");
                self.tables.warn(message, &value);
            }
        }
    }

    /// Whether a value is true; a decision if that can't be known.
    fn truth(&mut self, value: &Value) -> Option<bool> {
        let helm = match value.data {
            Data::Bool(truth) => truth,
            Data::Unknown => true,
            _ => return None,
        };
        let mark = value.mark.union(&self.open);
        if !mark.is_unknown() {
            return Some(helm);
        }
        let place = mark.places().iter().find_map(Place::span);
        Some(self.decisions.decide(helm, &mark, place))
    }
}
