//! *Cơ sở sắp hết oxy*: the first screen of the oxygen desk, and its live part.

use askama::Template;

use super::{Clock, Figure, Left, Phone, Say, Shell, Tone};

/// GET /oxy.
#[derive(Template, Clone, Debug)]
#[template(path = "oxygen.html")]
pub struct OxygenPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// What is searched for.
    pub query: String,
    /// The sheet of the day; `None` without the right to it.
    pub sheet_href: Option<String>,
    /// Counts of cases by day and week; `None` while there are none.
    pub counts_href: Option<String>,
    /// «Báo cáo ca này», for somebody who reports for one facility.
    pub report_href: Option<String>,
    /// The live part.
    pub board: Board,
}

/// GET /oxy/bang: the live part alone.
#[derive(Template, Clone, Debug)]
#[template(path = "board_fragment.html")]
pub struct BoardFragment {
    /// The words.
    pub t: Say,
    /// The live part.
    pub board: Board,
    /// The domain clock, set anew in the bar.
    pub clock: Option<Clock>,
}

/// The sentence, the five numbers and the table.
#[derive(Clone, Debug)]
pub struct Board {
    /// Where the page asks for news, sequence number included; `None` stops asking (the past does not change).
    pub poll_href: Option<String>,
    /// «3 cơ sở có thể hết oxy trước 06:00».
    pub sentence: String,
    /// Its tone.
    pub tone: Tone,
    /// Beside the sentence: what waits.
    pub asides: Vec<Aside>,
    /// The five numbers, in their order.
    pub numbers: Vec<Number>,
    /// Worst first; the first three are the phone's cards.
    pub rows: Vec<FacilityRow>,
    /// How many of how many are shown.
    pub shown: RowsShown,
    /// All figures are older than they should be.
    pub stale: Option<Stale>,
    /// What to do first when there is nothing to show.
    pub empty: Option<AllClear>,
    /// The text of «Chép sang Zalo» for the whole list.
    pub copy: Copied,
}

/// Something that waits, beside the sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aside {
    /// «2 cơ sở chưa báo cáo ca này».
    pub text: String,
    /// Where it is.
    pub href: Option<String>,
    /// Its tone.
    pub tone: Tone,
}

/// One of the five numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// «giờ còn lại».
    pub label: String,
    /// The number.
    pub figure: Figure,
    /// What it rests on: «92 % người bệnh thở oxy»; empty when there is nothing to add.
    pub note: String,
}

/// How many rows of how many.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowsShown {
    /// Rows on the page.
    pub shown: usize,
    /// Rows that match.
    pub total: usize,
    /// All of them; `None` when all are shown.
    pub all_href: Option<String>,
    /// What was searched for; empty without a search.
    pub query: String,
}

/// The figures have stood still.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stale {
    /// «26 phút».
    pub age: String,
    /// `01:48`.
    pub since: String,
}

/// Nothing to show, and what to do first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AllClear {
    /// «Chưa có cơ sở nào.»
    pub sentence: String,
    /// «Nhập danh sách cơ sở từ bảng tính.»
    pub next: String,
    /// Where.
    pub href: Option<String>,
    /// Words of the link.
    pub link: String,
}

/// A text for the clipboard.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Copied(pub String);

/// How fresh a facility's word is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    /// «12 phút».
    pub age: String,
    /// «bồn», «điện thoại», «mô phỏng».
    pub source: String,
    /// `Plain` fresh, `Old` too old for the state, `Attention` silent.
    pub tone: Tone,
}

/// What is on the road to a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnRoad {
    /// «xe 3 · 04:20».
    pub text: String,
    /// Whether it comes too late.
    pub late: bool,
    /// Whether it is loaded, with plate and driver; otherwise it is only promised.
    pub loaded: bool,
}

/// The next 24 hours of a facility in one strip: when it may run out, when help arrives. Hours from now.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Strip {
    /// Pessimistic end.
    pub low_hours: f64,
    /// Optimistic end.
    pub high_hours: f64,
    /// When a delivery arrives.
    pub arrival_hours: Option<f64>,
}

impl Strip {
    /// The drawing.
    pub fn draw(&self, tone: &Tone) -> String {
        crate::chart::strip(self.low_hours, self.high_hours, self.arrival_hours, tone.class())
    }
}

/// One facility.
#[derive(Clone, Debug)]
pub struct FacilityRow {
    /// Its id, as in /co-so/{id}; letters, digits and hyphens.
    pub id: String,
    /// «BV Hải Âu».
    pub name: String,
    /// «Phú Quốc».
    pub area: String,
    /// Its page.
    pub href: String,
    /// `Danger`, `Attention`, `Old` or `Plain`.
    pub tone: Tone,
    /// The word beside the colour: «hết trước khi xe đến»; empty for `Plain`.
    pub word: String,
    /// How long it lasts.
    pub left: Left,
    /// The next 24 hours; `None` when unknown.
    pub strip: Option<Strip>,
    /// Usable stock.
    pub usable: Figure,
    /// Use per hour.
    pub hourly: Figure,
    /// What is on the road.
    pub on_road: Option<OnRoad>,
    /// How fresh.
    pub heard: Heard,
    /// Whom to call.
    pub call: Option<Phone>,
    /// The form, for whoever may enter for it.
    pub report_href: Option<String>,
    /// The text of «Chép sang Zalo».
    pub copy: Copied,
    /// Shown with «mô phỏng».
    pub simulated: bool,
}
