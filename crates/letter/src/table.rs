//! Tables of tasks: «TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn».

use crate::scan::starts;
use crate::text::{Bounds, Text};

/// Which column says what.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Columns {
    order: Option<usize>,
    owner: Option<usize>,
    partners: Option<usize>,
    until: Option<usize>,
}

/// One row.
pub(crate) struct Row {
    pub(crate) order: Bounds,
    pub(crate) owner: Bounds,
    pub(crate) partners: Option<Bounds>,
    pub(crate) until: Option<Bounds>,
}

/// What the cells of a header say; `None` where it is no header of tasks.
pub(crate) fn header(text: &Text, cells: &[Bounds]) -> Option<Columns> {
    let find = |words: &[&str]| cells.iter().position(|cell| words.iter().any(|word| text.low(*cell).contains(word)));
    let partners = find(&["phối hợp"]);
    let owner = find(&["chủ trì", "đơn vị thực hiện", "cơ quan thực hiện", "đơn vị phụ trách", "người thực hiện"]);
    let order = find(&["nội dung", "nhiệm vụ", "công việc", "hoạt động"]);
    let until = find(&["thời hạn", "thời gian", "hoàn thành", "tiến độ", "hạn"]);
    (owner.is_some() && order.is_some() && owner != order).then_some(Columns { order, owner, partners, until })
}

/// A row of the table; `None` where a cell that it needs is empty.
pub(crate) fn row(text: &Text, columns: Columns, cells: &[Bounds]) -> Option<Row> {
    let cell = |column: Option<usize>| cells.get(column?).copied().filter(|cell| cell.start < cell.end);
    let order = cell(columns.order)?;
    let owner = text.trim(cell(columns.owner)?, &['.', ';']);
    (!starts(text.low(order), "nội dung")).then_some(Row {
        order: text.trim(order, &[';']),
        owner,
        partners: cell(columns.partners).map(|cell| text.trim(cell, &['.', ';'])),
        until: cell(columns.until),
    })
}
