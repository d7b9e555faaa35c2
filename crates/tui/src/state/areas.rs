//! Where what stands on the screen.

use ratatui::layout::Rect;

use super::{State, View};

/// From so many columns on the text stands beside the list, else below it.
const WIDE: u16 = 120;

/// From so many lines on the text stands below the list, else it is not shown.
const TALL: u16 = 20;

/// Where what stands on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Areas {
    pub(crate) header: Rect,
    /// The views, and the way to the page.
    pub(crate) trail: Rect,
    /// The names of columns.
    pub(crate) columns: Rect,
    pub(crate) list: Rect,
    pub(crate) pane: Option<Rect>,
    pub(crate) status: Rect,
}

pub(crate) fn areas(state: &State) -> Areas {
    let (width, height) = state.size;
    let line = |y: u16| Rect::new(0, y.min(height.saturating_sub(1)), width, 1.min(height));
    let body = Rect::new(0, 2, width, height.saturating_sub(3));
    let has_columns = matches!(state.page.view, View::Findings | View::Resources);
    let has_pane = state.has_pane && state.page.view == View::Findings;
    let (list, pane) = match has_pane {
        true => divided(body),
        false => (body, None),
    };
    let head = u16::from(has_columns).min(list.height);
    Areas {
        header: line(0),
        trail: line(1),
        columns: Rect {
            height: head,
            ..list
        },
        list: Rect {
            y: list.y + head,
            height: list.height - head,
            ..list
        },
        pane,
        status: line(height.saturating_sub(1)),
    }
}

fn divided(body: Rect) -> (Rect, Option<Rect>) {
    if body.width >= WIDE {
        let list = body.width * 11 / 20;
        let pane = Rect {
            x: body.x + list + 1,
            width: body.width - list - 1,
            ..body
        };
        return (
            Rect {
                width: list,
                ..body
            },
            Some(pane),
        );
    }
    if body.height + 3 >= TALL {
        let list = body.height * 2 / 5;
        let pane = Rect {
            y: body.y + list + 1,
            height: body.height - list - 1,
            ..body
        };
        return (
            Rect {
                height: list,
                ..body
            },
            Some(pane),
        );
    }
    (body, None)
}
