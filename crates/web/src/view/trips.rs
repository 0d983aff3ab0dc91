//! Trips: the board, the delivery note on paper, the driver's page on a telephone.

use askama::Template;

use super::{Link, Phone, Refusal, Say, Shell, Theme, Tone};

/// The live list of trips at the head of its page.
#[derive(Debug, Clone)]
pub struct TripBoard {
    /// Where the page is asked for again; empty for a page of the past.
    pub poll_href: String,
    /// One a trip, worst first.
    pub cards: Vec<TripCard>,
    /// Said where there is none.
    pub empty: String,
}

/// One trip of the list.
#[derive(Debug, Clone)]
pub struct TripCard {
    /// Key, for the anchor.
    pub id: String,
    /// Where it leads.
    pub href: String,
    /// «Chuyến số 3 · 68C-910.21».
    pub title: String,
    /// «đang trên đường».
    pub stage: String,
    /// «trễ 35 phút»; empty when it is not late.
    pub late: String,
    /// Its colour, with its sign.
    pub tone: Tone,
    /// The driver.
    pub driver: Option<Phone>,
    /// «Lấy oxy ở Khí Sao Mai · xuất phát 02:30 · 3.500 kg».
    pub about: String,
    /// What should be looked at.
    pub warnings: Vec<String>,
    /// Its stops in their order.
    pub stops: Vec<StopRow>,
}

/// One stop of a trip.
#[derive(Debug, Clone)]
pub struct StopRow {
    /// «BV Hải Âu».
    pub name: String,
    /// «1.200 kg · 12 chai».
    pub amount: String,
    /// As planned: «04:30».
    pub planned: String,
    /// «đến 04:52», «dự kiến 05:05», «không giao được: phà nghỉ».
    pub actual: String,
    /// Its colour.
    pub tone: Tone,
}

/// The delivery notes of a trip, a sheet a stop: GET /chuyen/{id}/phieu.
#[derive(Template, Clone, Debug)]
#[template(path = "delivery_note.html")]
pub struct DeliveryNotePage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Where one came from.
    pub trail: Vec<Link>,
    /// One a stop.
    pub sheets: Vec<NoteSheet>,
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct NoteSheet {
    /// The office that sends.
    pub issuer: String,
    /// «Phiếu giao nhận oxy».
    pub title: String,
    /// Number and day.
    pub under: String,
    /// Label and value.
    pub lines: Vec<(String, String)>,
    /// The two who sign.
    pub signers: Vec<NoteSigner>,
    /// «mô phỏng»; empty outside a demonstration.
    pub simulated: String,
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct NoteSigner {
    /// «Người giao».
    pub role: String,
    /// His hand as SVG; empty where he signs with a pen.
    pub drawing: String,
    /// How he signed, where he did.
    pub how: String,
    /// His name; empty for a line.
    pub name: String,
}

/// A link of a supplier or driver that must be opened first, or does not open: GET /giao/{id}.
#[derive(Template, Clone, Debug)]
#[template(path = "link_door.html")]
pub struct LinkDoorPage {
    /// The words.
    pub t: Say,
    /// The look.
    pub theme: Theme,
    /// Where its form goes; empty where nothing can be opened.
    pub action: String,
    /// The secret of the address.
    pub secret: String,
    /// Comes back with the form.
    pub csrf: String,
    /// Why it does not open.
    pub refusal: Option<Refusal>,
}

/// The driver's page: GET /giao/{id}. A telephone keeps it.
#[derive(Template, Clone, Debug)]
#[template(path = "driver.html")]
pub struct DriverPage {
    /// The words.
    pub t: Say,
    /// The look.
    pub theme: Theme,
    /// Its path.
    pub path: String,
    /// Milliseconds of the command post's clock when the page was made.
    pub now: i64,
    /// How fast that clock runs.
    pub speed: f64,
    /// Comes back with every form.
    pub csrf: String,
    /// Key of a form for a browser without script.
    pub key: String,
    /// «mô phỏng»; empty outside a demonstration.
    pub simulated: String,
    /// The answer to what the driver asks: where to now.
    pub sentence: String,
    /// Plate, source, start.
    pub about: String,
    /// What was just done.
    pub done: String,
    /// Why what was sent was not done.
    pub refusal: Option<Refusal>,
    /// His name.
    pub driver: String,
    /// Whom to call at the source.
    pub source: Option<Phone>,
    /// Whom to call at the desk.
    pub desk: Option<Phone>,
    /// Steps of the whole trip: name of the step, words of the button.
    pub steps: Vec<(String, String)>,
    /// His stops.
    pub stops: Vec<DriverStop>,
    /// Whether the end of the trip may be told.
    pub may_close: bool,
    /// What should still be on the vehicle.
    pub on_board: String,
    /// Reasons of a failure: value and words.
    pub reasons: Vec<(String, String)>,
    /// Words that the script puts in.
    pub words: Vec<(&'static str, String)>,
}

/// A stop on the driver's page.
#[derive(Debug, Clone)]
pub struct DriverStop {
    /// Its number.
    pub number: u32,
    /// Where.
    pub name: String,
    /// The address, and where it is looked for on a map.
    pub address: String,
    /// Where a map is opened.
    pub map_href: String,
    /// Whom to call.
    pub phone: Option<Phone>,
    /// How much, into what.
    pub amount: String,
    /// When.
    pub when: String,
    /// What he should know.
    pub note: String,
    /// What became of it; empty while it is open.
    pub end: String,
    /// Its colour.
    pub tone: Tone,
    /// Whether he has said that he is there.
    pub arrived: bool,
    /// Whether something may be told of it now.
    pub open: bool,
    /// Whether it is counted in cylinders.
    pub cylinders: bool,
    /// The amount that stands in the field.
    pub planned: String,
    /// The unit of the amount.
    pub unit: &'static str,
    /// Empty shells to bring back.
    pub empties: u32,
}

impl DriverPage {
    /// Address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}

impl LinkDoorPage {
    /// Address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}
