//! Tables in a block of HTML.

use super::OPEN;
use super::scan::Scan;
use super::tag::Tag;
use std::ops::Range;

/// A table that stands open.
///
/// HTML moves what stands between the cells of a table before it, one by one; here it gets a cell.
#[derive(Default)]
pub(super) struct Table {
    /// Its start tag in the file.
    pub(super) place: Range<usize>,
    /// How many blocks stand open around it; none until its first row, so that what comes before stands before.
    pub(super) floor: Option<usize>,
    has_row: bool,
    cell: Option<&'static str>,
}

impl Scan<'_, '_, '_> {
    pub(super) fn is_between_cells(&self) -> bool {
        self.innermost().is_some_and(|table| table.cell.is_none())
    }

    /// The innermost table that has begun.
    pub(super) fn innermost(&self) -> Option<&Table> {
        self.tables.iter().rfind(|table| table.floor.is_some())
    }

    /// Opens a cell for what has none.
    pub(super) fn in_cell(&mut self) {
        if !self.is_between_cells() {
            return;
        }
        let Some(table) = self.tables.iter_mut().rfind(|table| table.floor.is_some()) else { return };
        let has_row = std::mem::replace(&mut table.has_row, true);
        table.cell = Some("td");
        let marks = std::mem::take(&mut self.marks);
        if let Some(skeleton) = self.skeleton() {
            if !has_row {
                skeleton.open("tr");
            }
            skeleton.open("td");
            marks.iter().for_each(|kind| skeleton.open_mark(kind));
        }
        self.marks = marks;
    }

    pub(super) fn table(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        if tag.is_end && self.tables.last().is_some_and(|table| table.floor.is_some()) {
            self.edge();
        } else {
            // One that never has a row stands apart all the same.
            self.part();
        }
        if !tag.is_end {
            if self.blocks.len() + self.tables.len() < OPEN {
                self.tables.push(Table { place: place.clone(), ..Table::default() });
            } else {
                self.collector.body.taken.tag(tag.name, place);
            }
            return;
        }
        self.end_row();
        if self.tables.pop().is_some_and(|table| table.floor.is_some())
            && let Some(skeleton) = self.skeleton()
        {
            skeleton.close("table");
        }
    }

    /// A row, a cell or a group of rows of the innermost table begins or ends.
    pub(super) fn table_part(&mut self, name: &'static str, is_end: bool) {
        self.edge();
        let is_cell = matches!(name, "td" | "th");
        if is_cell {
            self.end_cell()
        } else {
            self.end_row()
        }
        let Some(floor) = self.tables.last().map(|table| table.floor) else { return };
        if is_end {
            if floor.is_some()
                && !is_cell
                && name != "tr"
                && let Some(skeleton) = self.skeleton()
            {
                skeleton.close(name);
            }
            return;
        }
        if floor.is_none() {
            // Where it stands in another table, it needs a cell there.
            self.in_cell();
            if let Some(skeleton) = self.skeleton() {
                skeleton.open("table");
            }
        }
        let n = self.blocks.len();
        let Some(table) = self.tables.last_mut() else { return };
        table.floor.get_or_insert(n);
        let needs_row = is_cell && !table.has_row;
        table.has_row |= is_cell || name == "tr";
        table.cell = is_cell.then_some(name);
        if let Some(skeleton) = self.skeleton() {
            if needs_row {
                skeleton.open("tr");
            }
            skeleton.open(name);
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some((cell, floor)) = table.cell.take().zip(table.floor) else { return };
        self.blocks.truncate(floor);
        if let Some(skeleton) = self.skeleton() {
            skeleton.close(cell);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let had_row = self.tables.last_mut().is_some_and(|table| std::mem::take(&mut table.has_row));
        if had_row && let Some(skeleton) = self.skeleton() {
            skeleton.close("tr");
        }
    }
}
