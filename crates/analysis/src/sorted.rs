//! Sorted lists, put together.

use std::cmp::Ordering;

/// How many times more elements there must be than new ones, for these to be put to their places one by one.
const FEW: usize = 32;

/// Adds a sorted list to another one, so that the whole is sorted. Of equal elements those that were there come first.
pub(crate) fn add<T>(all: &mut Vec<T>, new: Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    let is_behind = match (all.last(), new.first()) {
        (Some(last), Some(first)) => order(last, first).is_le(),
        _ => true,
    };
    if is_behind {
        all.extend(new);
    } else if new.len() * FEW < all.len() {
        *all = few(std::mem::take(all), new, |old, new| order(old, new).is_le());
    } else if all.len() * FEW < new.len() {
        *all = few(new, std::mem::take(all), |new, old| order(old, new).is_gt());
    } else {
        all.extend(new);
        // Two runs that are sorted are merged.
        all.sort_by(order);
    }
}

/// Puts a few elements between many. `is_before` says whether one of the many comes before one of the few.
fn few<T>(many: Vec<T>, few: Vec<T>, is_before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut begin = 0;
    let places = few.iter().map(|one| {
        begin += many[begin..].partition_point(|other| is_before(other, one));
        begin
    });
    let places: Vec<usize> = places.collect();
    let mut merged = Vec::with_capacity(many.len() + few.len());
    let mut many = many.into_iter();
    let mut taken = 0;
    for (one, place) in few.into_iter().zip(places) {
        merged.extend(many.by_ref().take(place - taken));
        taken = place;
        merged.push(one);
    }
    merged.extend(many);
    merged
}

#[cfg(test)]
mod tests {
    use super::add;

    /// Numbers by their tens, with what tells where they were.
    fn list(step: usize, count: usize, name: char) -> Vec<(usize, char)> {
        (0..count)
            .map(|number| (number * step / 10, name))
            .collect()
    }

    #[test]
    fn lists_are_merged_and_equal_elements_stay_in_order() {
        for (one, other) in [
            (0, 5),
            (5, 0),
            (3, 3),
            (1, 200),
            (200, 1),
            (3, 300),
            (300, 3),
        ] {
            for (step, other_step) in [(1, 1), (7, 3), (400, 2), (2, 400)] {
                let mut all = list(step, one, 'a');
                let new = list(other_step, other, 'b');
                let mut expected = [all.clone(), new.clone()].concat();
                expected.sort_by_key(|(number, _)| *number);
                add(&mut all, new, |one, other| one.0.cmp(&other.0));
                assert_eq!(all, expected, "{one} {other} {step} {other_step}");
            }
        }
    }
}
