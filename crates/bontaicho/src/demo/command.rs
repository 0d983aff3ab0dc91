//! What the command room of a chapter holds at the opening: its coordination unit, the programme, the readiness
//! check, a drill, recounts, who reports by courtesy; and the ministry with a few neighbouring provinces. All of
//! it told through ordinary operations, all of it invented.

mod neighbours;

use desk::command::courtesy::by_courtesy;
use desk::command::readiness::Met;
use desk::operations::add_account::AddAccount;
use desk::operations::command::acknowledge_notice::AcknowledgeNotice;
use desk::operations::command::answer_readiness::AnswerReadiness;
use desk::operations::command::approve_programme::ApproveProgramme;
use desk::operations::command::found_unit::FoundUnit;
use desk::operations::command::hold_drill::HoldDrill;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::command::mend_finding::MendFinding;
use desk::operations::command::note_finding::NoteFinding;
use desk::operations::command::note_group::NoteGroup;
use desk::operations::command::notify_ministry::NotifyMinistry;
use desk::operations::command::recount_stock::RecountStock;
use desk::operations::command::seat_member::SeatMember;
use desk::operations::command::set_milestone::SetMilestone;
use desk::operations::file_report::{Confirmed, Level, Told};
use desk::operations::set_state::SetState;
use desk::rights::Role;
use desk::{Actor, Office, Outcome, random};
use jiff::civil::Date;
use oxygen::Source;
use place::{FacilityId, ProvinceId};
use protocol::{Asks, Checklist};
use quantity::{Moment, Span, Unit};
use simulate::{Chapter, Scenario};

/// Tells all of it.
pub async fn tell(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    let teller = Teller { office, province: scenario.province().id, opening: chapter.opening() };
    teller.states(chapter).await?;
    teller.unit().await?;
    let facilities: Vec<FacilityId> = scenario.province().facilities.iter().map(|known| known.facility.id).collect();
    teller.programme(&facilities).await?;
    teller.readiness(&facilities).await?;
    teller.drill().await?;
    teller.courtesy(scenario).await?;
    teller.recounts(&facilities).await?;
    ministry(office).await?;
    if chapter != Chapter::Delta2021 {
        neighbours::found(office, chapter.opening()).await?;
    }
    Ok(())
}

/// The ministry's observer, who belongs to the nation; nobody can sign in to it by a password.
async fn ministry(office: &Office) -> Outcome<()> {
    let account = AddAccount {
        key: None,
        login: Role::MinistryObserver.code().to_owned(),
        display_name: "Võ Thị Lục Bình".to_owned(),
        password_hash: format!("!{}", random::secret()),
        roles: vec![Role::MinistryObserver],
        facility: None,
        area: None,
    };
    office.perform(Actor::program(ProvinceId::NATION), account).await.map(drop)
}

struct Teller<'o> {
    office: &'o Office,
    province: ProvinceId,
    opening: Moment,
}

impl Teller<'_> {
    fn before(&self, days: i64) -> Moment {
        self.opening - Span::days(days)
    }

    fn day(&self, before: i64) -> Date {
        self.before(before).date()
    }

    async fn does<O: desk::Operation>(&self, days_before: i64, operation: O) -> Outcome<O::Done> {
        self.office.perform_at(self.province, self.before(days_before), operation).await
    }

    /// The province's state as the chapter has it, change by change.
    async fn states(&self, chapter: Chapter) -> Outcome<()> {
        let mut at = chapter.history_from();
        let mut state = chapter.readiness(at);
        while at < self.opening {
            at = (at + Span::hours(6)).min(self.opening);
            let next = chapter.readiness(at);
            if next != state {
                let reason = if next > state {
                    "Số người bệnh thở oxy tăng nhanh, có tin bão (mô phỏng)"
                } else {
                    "Số người bệnh thở oxy giảm (mô phỏng)"
                };
                let change = SetState { state: next, facility: None, reason: Some(reason.to_owned()) };
                self.office.perform_at(self.province, at, change).await?;
                state = next;
            }
        }
        Ok(())
    }

    async fn unit(&self) -> Outcome<()> {
        let paper = FoundUnit {
            key: None,
            number: "1482/QĐ-UBND".to_owned(),
            issued_on: self.day(40),
            issuer: "Ủy ban nhân dân tỉnh (mô phỏng)".to_owned(),
            file: None,
        };
        self.does(40, paper).await?;
        // The technical post stays empty: the page says so.
        let seats = [
            ("head", "Nguyễn Văn Sầu Đâu", "Phó Chủ tịch UBND tỉnh", "Chỉ huy chung", true),
            ("deputy", "Phạm Thị Bông Súng", "Phó Giám đốc Sở Y tế", "Điều phối giữa các cơ sở", false),
            ("standing", "Trần Văn Mù U", "Trưởng phòng Nghiệp vụ Y", "Nhận tin ngày đêm", false),
            ("supply", "Lê Thị Điên Điển", "Phó Giám đốc Sở Công Thương", "Xe, phà, nhà cung ứng", false),
        ];
        for (number, (seat, name, post, field, vice_chair)) in (1..).zip(seats) {
            let member = SeatMember {
                key: None,
                seat: seat.to_owned(),
                name: name.to_owned(),
                post: post.to_owned(),
                phone: format!("0297 3 555 2{number:02}"),
                field: field.to_owned(),
                from: self.day(39),
                vice_chair,
                exception: String::new(),
            };
            self.does(39, member).await?;
        }
        let way = "Trục liên thông văn bản, số 3120/SYT-NVY (mô phỏng)".to_owned();
        let notice = self.does(37, NotifyMinistry { key: None, sent_on: self.day(37), way }).await?;
        let by = "Văn phòng Bộ Y tế, qua trục liên thông (mô phỏng)".to_owned();
        self.does(33, AcknowledgeNotice { key: None, notice, on: self.day(33), by }).await
    }

    async fn programme(&self, facilities: &[FacilityId]) -> Outcome<()> {
        let decision = ApproveProgramme {
            key: None,
            number: "1530/QĐ-UBND".to_owned(),
            issued_on: self.day(30),
            issuer: "Ủy ban nhân dân tỉnh (mô phỏng)".to_owned(),
            file: None,
        };
        self.does(30, decision).await?;
        let Ok(list) = Checklist::programme_4308() else { return Ok(()) };
        for (place, item) in list.asking(Asks::Province).enumerate() {
            // The last one of the province has no day yet.
            if item.key != "platform" {
                self.milestone(&item.key, None, place).await?;
            }
        }
        let lines: Vec<&str> = list.asking(Asks::Facility).map(|item| item.key.as_str()).collect();
        for (number, facility) in facilities.iter().enumerate() {
            // Every third facility has said nothing of some lines, one in seven of none.
            let told = match (number % 3, number % 7) {
                (_, 6) => 0,
                (2, _) => 3,
                _ => lines.len(),
            };
            for (place, key) in lines.iter().take(told).enumerate() {
                self.milestone(key, Some(*facility), place + number % 2).await?;
            }
        }
        Ok(())
    }

    /// The first lines are reached, later ones planned; one of them is past its day.
    async fn milestone(&self, line: &str, facility: Option<FacilityId>, place: usize) -> Outcome<()> {
        let reached = place < 2;
        let milestone = SetMilestone {
            key: None,
            line: line.to_owned(),
            facility,
            planned_on: Some(match place {
                0 | 1 => self.day(25),
                3 => self.day(4),
                later => (self.opening + Span::days(20 * later as i64)).date(),
            }),
            reached_on: reached.then(|| self.day(22)),
            evidence: if reached { "Biên bản của Sở Y tế (mô phỏng)".to_owned() } else { String::new() },
            holder: "Phòng Nghiệp vụ Y".to_owned(),
        };
        self.does(20, milestone).await.map(drop)
    }

    async fn readiness(&self, facilities: &[FacilityId]) -> Outcome<()> {
        let Ok(list) = Checklist::four_on_the_spot() else { return Ok(()) };
        for (place, item) in list.items.iter().enumerate() {
            let subjects: Vec<Option<FacilityId>> = match item.level {
                Asks::Province => vec![None],
                Asks::Facility => facilities.iter().copied().map(Some).collect(),
            };
            for (number, facility) in subjects.into_iter().enumerate() {
                let mixed = place * 5 + number * 3;
                let met = match mixed % 11 {
                    // Nobody has looked there yet.
                    9 | 10 => continue,
                    7 => Met::No,
                    8 => Met::Partly,
                    _ => Met::Yes,
                };
                let answer = AnswerReadiness {
                    key: None,
                    line: item.key.clone(),
                    facility,
                    met,
                    evidence: "Xem tận nơi, có ảnh (mô phỏng)".to_owned(),
                    seen_on: self.day(15),
                    by: "Đoàn kiểm tra của Sở Y tế".to_owned(),
                };
                self.does(15, answer).await?;
            }
        }
        Ok(())
    }

    async fn drill(&self) -> Outcome<()> {
        let drill = HoldDrill {
            key: None,
            held_on: self.day(28),
            scenario: "Bão vào ban đêm, phà ngừng hai ngày, một bồn hỏng giàn hóa hơi (mô phỏng)".to_owned(),
            took_part: "Bộ phận điều phối oxy, 6 bệnh viện, 2 nhà cung ứng".to_owned(),
        };
        let drill = self.does(28, drill).await?;
        let found = [
            ("Số trực đêm của 2 cơ sở không có người nghe", "Đổi sang số di động của kíp trực", 7),
            ("Thiếu đầu nối giữa giàn chai và đường ống", "Mua 4 bộ đầu nối, để ở kho tỉnh", -10),
            ("Xe bồn không qua được cầu tải trọng nhỏ", "Lập tuyến vòng, báo trước cho lái xe", 20),
        ];
        let mut first = None;
        for (what, remedy, days_before_due) in found {
            let finding = NoteFinding {
                key: None,
                of: drill.0,
                what: what.to_owned(),
                remedy: remedy.to_owned(),
                holder: "Thường trực bộ phận điều phối".to_owned(),
                due_on: self.day(days_before_due),
            };
            first = first.or(Some(self.does(27, finding).await?));
        }
        if let Some(finding) = first {
            let evidence = "Gọi thử lúc 02:00, cả hai nơi có người nghe (mô phỏng)".to_owned();
            self.does(9, MendFinding { key: None, finding, on: self.day(9), evidence }).await?;
        }
        Ok(())
    }

    async fn courtesy(&self, scenario: &Scenario) -> Outcome<()> {
        let military = scenario
            .province()
            .facilities
            .iter()
            .find(|known| by_courtesy(&known.facility.body) == Some(place::WhyAsk::Military));
        if let Some(known) = military {
            let reason = "Theo đề nghị của đơn vị quân y (mô phỏng)".to_owned();
            let facility = known.facility.id;
            self.does(12, MaskFacility { key: None, facility, hidden: true, reason }).await?;
        }
        let figure = NoteGroup {
            key: None,
            group: "private".to_owned(),
            facilities: 4,
            patients: Some(9),
            stock: "640".to_owned(),
            told_by: "Hội Hành nghề y tư nhân (mô phỏng)".to_owned(),
            phone: "0297 3 555 301".to_owned(),
            at: Some(self.opening - Span::hours(5)),
        };
        self.office.perform_at(self.province, self.opening, figure).await.map(drop)
    }

    /// Two facilities were counted some hours before the opening, by what their gauges had last shown.
    async fn recounts(&self, facilities: &[FacilityId]) -> Outcome<()> {
        for (number, facility) in facilities.iter().skip(1).take(3).enumerate() {
            let (province, facility) = (self.province, *facility);
            let latest = self
                .office
                .look(move |_, connection| Ok(store::projection::of_facility(connection, province, facility)?))
                .await?;
            let shown = latest.into_iter().find_map(|state| {
                let latest = state.latest?;
                let unit = Unit::from_code(latest.unit.as_deref()?)?;
                Some((state.store, latest.typed_text?, unit))
            });
            let Some((store, text, unit)) = shown else { continue };
            let level = Level { store, text, unit: Some(unit), reference: None, running: None };
            let recount = RecountStock {
                key: None,
                facility,
                told: Told {
                    happened_at: Some(self.opening - Span::hours(3 + number as i64)),
                    source: Source::Simulation,
                    told_by: None,
                    note: None,
                    photo: None,
                    levels: vec![level],
                    cylinders: Vec::new(),
                    patients: None,
                    confirmed: Confirmed::Everything,
                },
                by: "Đoàn kiểm tra của Sở Y tế (mô phỏng)".to_owned(),
                note: String::new(),
            };
            // What the simulated officer mistyped is refused here as it would be there.
            let Ok(recount) = self.office.perform_at(self.province, self.opening, recount).await else { continue };
            if number == 0 {
                let finding = NoteFinding {
                    key: None,
                    of: recount.0,
                    what: "Đồng hồ bồn chỉ cao hơn cân thực tế".to_owned(),
                    remedy: "Hiệu chuẩn lại đồng hồ, dán bảng quy đổi cạnh bồn".to_owned(),
                    holder: "Phòng Vật tư của bệnh viện".to_owned(),
                    due_on: (self.opening + Span::days(14)).date(),
                };
                self.office.perform_at(self.province, self.opening, finding).await?;
            }
        }
        Ok(())
    }
}
