/// Writes a table as RFC 4180 has it, safe to open in a spreadsheet.
#[derive(Debug, Default)]
pub(in crate::emit) struct Csv {
    out: String,
}

impl Csv {
    /// Writes a row.
    pub(in crate::emit) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.cell(cell);
        }
        self.out.push_str("\r\n");
    }

    /// Gives the table.
    pub(in crate::emit) fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    fn cell(&mut self, cell: &str) {
        self.out.push('"');
        // A spreadsheet would calculate it; quotation marks do not keep it from that (OWASP, "CSV Injection").
        if cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || cell.starts_with(['\t', '\r', '\n'])
        {
            self.out.push('\'');
        }
        let mut done = 0;
        for at in memchr::memchr2_iter(b'"', b'\0', cell.as_bytes()) {
            self.out.push_str(&cell[done..at]);
            if cell.as_bytes()[at] == b'"' {
                self.out.push_str("\"\"");
            }
            done = at + 1;
        }
        self.out.push_str(&cell[done..]);
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let check = |cell: &str, expected: &str| {
            let mut csv = Csv::default();
            csv.row([cell]);
            assert_eq!(String::from_utf8(csv.finish()).unwrap_or_default(), format!("{expected}\r\n"));
        };
        check("a \"nuisance\", she said", "\"a \"\"nuisance\"\", she said\"");
        check("two\nlines", "\"two\nlines\"");
        check("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
        check(" @SUM(1)", "\"' @SUM(1)\"");
        check("\t=1", "\"'\t=1\"");
        check("-5 degrees", "\"'-5 degrees\"");
        check("a\0\"\0\"", "\"a\"\"\"\"\"");
        check("", "\"\"");
    }
}
