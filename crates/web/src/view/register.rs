//! What stands behind the figures: the norms in force (/dinh-muc).

use askama::Template;

use super::{Say, Shell};

/// GET /dinh-muc.
#[derive(Template, Clone, Debug)]
#[template(path = "norms.html")]
pub struct NormsPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// «47 định mức đang dùng, 38 chưa có nguồn xác nhận».
    pub sentence: String,
    /// The day: `22/11/2026`.
    pub on: String,
    /// The tables.
    pub tables: Vec<NormTable>,
    /// Address of its tables as a sheet; empty for whoever may not take figures out.
    pub sheet: String,
}

/// One table of norms, as the answering version says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NormTable {
    /// Makes its id on the page unique; letters and hyphens.
    pub id: String,
    /// «Lưu lượng làm việc theo thiết bị».
    pub title: String,
    /// «oxygen.flow/working-1 · bản 1».
    pub version: String,
    /// «từ 01/01/2020».
    pub validity: String,
    /// The document or study.
    pub source: String,
    /// Its figures.
    pub rows: Vec<NormRow>,
    /// Versions that stand beside it and do not answer.
    pub beside: Vec<String>,
}

/// One figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NormRow {
    /// «Mặt nạ, gọng kính».
    pub name: String,
    /// `6`.
    pub value: String,
    /// `L/phút`.
    pub unit: String,
    /// `3 – 12`; empty without a range.
    pub range: String,
    /// No source was read that says so.
    pub unconfirmed: bool,
    /// «riêng của tỉnh: qd-12/2026, từ 01/11/2026».
    pub own: Option<String>,
    /// Where it differs from the table: its own source.
    pub source: String,
}

/// The norms that a page's figures rest on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NormsUsed {
    /// «oxygen.alarm/1, oxygen.flow/working-1».
    pub versions: String,
    /// Those without a confirmed source; empty when all are confirmed.
    pub unconfirmed: String,
}
