//! What steers the province of a chapter beside its letters: meetings and their conclusions, inspections, shortcomings,
//! a plan of the week, a public bulletin, a closed case. Told through ordinary operations by the people of the demonstration;
//! all of it invented.

mod closed;

use desk::letters::task::OriginKind;
use desk::operations::command::Attached;
use desk::operations::steering::LineWords;
use desk::operations::steering::corrections::list_corrections::ListCorrections;
use desk::operations::steering::corrections::mend_correction::MendCorrection;
use desk::operations::steering::corrections::order_correction::OrderCorrection;
use desk::operations::steering::corrections::settle_correction::SettleCorrection;
use desk::operations::steering::inspections::inspect::Inspect;
use desk::operations::steering::inspections::note_shortcoming::NoteShortcoming;
use desk::operations::steering::inspections::order_remedies::OrderRemedies;
use desk::operations::steering::inspections::plan_inspections::PlanInspections;
use desk::operations::steering::meetings::add_conclusions::AddConclusions;
use desk::operations::steering::meetings::confirm_meeting::ConfirmMeeting;
use desk::operations::steering::meetings::keep_meeting::KeepMeeting;
use desk::operations::steering::meetings::link_letter::LinkLetter;
use desk::operations::steering::meetings::note_heard::NoteHeard;
use desk::operations::steering::plans::add_items::AddItems;
use desk::operations::steering::plans::confirm_plan::ConfirmPlan;
use desk::operations::steering::plans::open_plan::OpenPlan;
use desk::operations::steering::plans::settle_item::SettleItem;
use desk::rights::Role;
use desk::steering::inspection::{InspectionId, InspectionPlanId, Seen};
use desk::steering::meeting::MeetingId;
use desk::{Actor, Office, Operation, Outcome};
use place::BodyId;
use quantity::time::show_date;
use quantity::{Moment, Span};
use simulate::Scenario;
use store::account;

/// Tells all of it.
pub async fn tell(office: &Office, scenario: &Scenario, opening: Moment) -> Outcome<()> {
    let province = scenario.province().id;
    let accounts = office.look(move |_, connection| Ok(account::list(connection, province)?)).await?;
    let of = |role: Role| accounts.iter().find(|account| account.login == role.code()).map(Actor::of_account);
    let (Some(duty), Some(clerk), Some(leader)) = (of(Role::DutyOfficer), of(Role::Clerk), of(Role::Leader)) else {
        return Ok(());
    };
    let told = scenario.province();
    let ids: Vec<BodyId> = told.facilities.iter().map(|known| BodyId::from(known.facility.id)).collect();
    let named = ids.iter().filter_map(|id| told.bodies.iter().find(|body| body.id == *id));
    let names: Vec<String> = named.map(|body| body.name.clone()).collect();
    let [first, second, third, ..] = names.as_slice() else { return Ok(()) };
    let teller = Teller { office, opening, duty, clerk, leader, names: [first.clone(), second.clone(), third.clone()] };
    let last = teller.meetings().await?;
    teller.inspections().await?;
    teller.corrections(last).await?;
    teller.plans().await?;
    teller.bulletins().await?;
    teller.case().await
}

struct Teller<'o> {
    office: &'o Office,
    opening: Moment,
    duty: Actor,
    clerk: Actor,
    leader: Actor,
    names: [String; 3],
}

impl Teller<'_> {
    async fn does<O: Operation>(&self, who: &Actor, hours_before: i64, operation: O) -> Outcome<O::Done> {
        self.office.perform_as_at(who.clone(), self.opening - Span::hours(hours_before), operation).await
    }

    fn day(&self, days: i64) -> String {
        show_date((self.opening + Span::days(days)).date())
    }

    /// A meeting of a week ago with its conclusions given out, and one of last night that waits for confirmation.
    async fn meetings(&self) -> Outcome<MeetingId> {
        let [first, second, third] = &self.names;
        let before = 7 * 24;
        let id = self
            .meeting(
                before,
                "Giao ban công tác oxy y tế",
                "Nhu cầu oxy tăng theo số người bệnh nặng; \
            phà có thể ngừng khi bão vào. Một số cơ sở báo cáo chậm ca đêm.",
            )
            .await?;
        let file = ("bao-cao-giao-ban.pdf".to_owned(), Attached::new(super::letter::pdf("Bao cao giao ban")));
        let heard = NoteHeard {
            key: None,
            meeting: id,
            by: "Phòng Nghiệp vụ Y".to_owned(),
            about: "tình hình sử dụng và cung ứng oxy".to_owned(),
            file: Some(file),
        };
        self.does(&self.clerk, before - 1, heard).await?;
        let text = format!(
            "{first}: kiểm tra đồng hồ bồn, báo cáo mức thực tế trước ngày {}\n\
             {second}; {third}: rà soát chai dự phòng, chậm nhất {}\n\
             Công ty vận tải Sông Tiền Xanh: bố trí hai xe chở oxy trực đêm, hạn {}",
            self.day(-3),
            self.day(2),
            self.day(-1),
        );
        self.does(&self.clerk, before - 1, AddConclusions { key: None, meeting: id, text }).await?;
        self.does(&self.clerk, before - 2, ConfirmMeeting { key: None, meeting: id, version: 3 }).await?;
        let number = "47/TB-SYT (mô phỏng)".to_owned();
        self.does(&self.clerk, before - 4, LinkLetter { key: None, meeting: id, directive: None, number }).await?;
        let waiting = self.meeting(5, "Họp khẩn ứng phó bão, bảo đảm oxy các xã đảo", "").await?;
        let text = format!(
            "{second}: đưa đủ chai dự phòng ra đảo trước khi phà ngừng; chậm nhất {}\n\
             Các Trung tâm Y tế: gọi thử số trực đêm, báo kết quả về phòng trực\n\
             Tiếp tục theo dõi bản tin bão",
            self.day(0),
        );
        self.does(&self.clerk, 4, AddConclusions { key: None, meeting: waiting, text }).await?;
        Ok(id)
    }

    async fn meeting(&self, hours_before: i64, subject: &str, assessment: &str) -> Outcome<MeetingId> {
        let [first, second, _] = &self.names;
        let meeting = KeepMeeting {
            key: None,
            meeting: None,
            subject: subject.to_owned(),
            held_at: self.opening - Span::hours(hours_before + 1),
            place: "Phòng họp Sở Y tế".to_owned(),
            chair: format!("{}, Giám đốc Sở Y tế", self.leader.display_name),
            attendees: format!("{first}\n{second}\nĐại diện Công ty vận tải Sông Tiền Xanh"),
            assessment: assessment.to_owned(),
            simulated: true,
        };
        self.does(&self.clerk, hours_before, meeting).await
    }

    /// A plan half done, a visit with findings given out, and the visit after it.
    async fn inspections(&self) -> Outcome<()> {
        let [first, second, third] = &self.names;
        let plan =
            |title: &str, inspector: &str, checklist: &str, (from, to): (i64, i64), targets: String| PlanInspections {
                key: None,
                title: title.to_owned(),
                inspector: inspector.to_owned(),
                checklist: checklist.to_owned(),
                from: (self.opening + Span::days(from)).date(),
                to: (self.opening + Span::days(to)).date(),
                targets,
                simulated: true,
            };
        let oxygen = plan(
            "Kiểm tra an toàn oxy trước mùa bão",
            "Đoàn kiểm tra của Sở Y tế",
            "checklist-oxygen-safety/1",
            (-14, 5),
            format!("{first}\n{second}\n{third}"),
        );
        let oxygen = self.does(&self.duty, 15 * 24, oxygen).await?;
        let home = plan(
            "Kiểm tra chăm sóc người bệnh tại nhà",
            "Ban Chỉ đạo phòng, chống dịch xã Cồn Gió",
            "checklist-home-care/1",
            (-2, 6),
            "Trạm y tế lưu động số 4\nTổ chăm sóc tại nhà ấp Bờ Dừa\nKhu công nghiệp Rạch Sen".to_owned(),
        );
        let home = self.does(&self.duty, 3 * 24, home).await?;
        let ticked = [
            ("no_smoking", Seen::Met),
            ("chained", Seen::NotMet),
            ("inspected", Seen::Met),
            ("alarm_works", Seen::NotMet),
            ("reserve", Seen::Met),
            ("power", Seen::NotMet),
        ];
        let visit = self.visit(9 * 24, oxygen, first, None, &ticked).await?;
        let findings = [
            ("Báo động áp suất thấp không kêu khi thử", "Thay nguồn báo động, thử lại mỗi ca", -4),
            ("Chai đầy và vỏ để lẫn, chưa có xích", "Kẻ vạch tách khu, lắp xích giữ chai", 4),
        ];
        for (what, remedy, days) in findings {
            let finding = NoteShortcoming {
                key: None,
                inspection: visit,
                what: what.to_owned(),
                remedy: remedy.to_owned(),
                owner: String::new(),
                last_day: Some((self.opening + Span::days(days)).date()),
                photo: Some(Attached::new(super::letter::pdf("Anh ton tai"))),
            };
            self.does(&self.duty, 9 * 24, finding).await?;
        }
        self.does(&self.duty, 9 * 24 - 1, OrderRemedies { key: None, inspection: visit, version: 3 }).await?;
        let better = ticked.map(|(key, seen)| (key, if key == "chained" { seen } else { Seen::Met }));
        self.visit(2 * 24, oxygen, first, Some(visit), &better).await?;
        let care = [
            ("staff", Seen::Met),
            ("list", Seen::Met),
            ("twice_a_day", Seen::NotMet),
            ("call_signs", Seen::Met),
            ("oximeter", Seen::NotMet),
            ("waste", Seen::NotHere),
        ];
        self.visit(20, home, "Trạm y tế lưu động số 4", None, &care).await.map(drop)
    }

    async fn visit(
        &self,
        hours_before: i64,
        plan: InspectionPlanId,
        target: &str,
        again_of: Option<InspectionId>,
        ticked: &[(&str, Seen)],
    ) -> Outcome<InspectionId> {
        let visit = Inspect {
            key: None,
            plan: Some(plan),
            again_of,
            checklist: String::new(),
            target: target.to_owned(),
            on: (self.opening - Span::hours(hours_before)).date(),
            by: "Đoàn kiểm tra số 1 (mô phỏng)".to_owned(),
            ticked: ticked.iter().map(|(key, seen)| ((*key).to_owned(), *seen)).collect(),
            simulated: true,
        };
        self.does(&self.duty, hours_before, visit).await
    }

    /// Shortcomings of the meeting: one mended, one with its owner, one with nobody yet.
    async fn corrections(&self, meeting: MeetingId) -> Outcome<()> {
        let [first, second, _] = &self.names;
        let list = ListCorrections {
            key: None,
            of: Some((OriginKind::Meeting, meeting.0)),
            source: String::new(),
            text: "Báo cáo ca đêm còn chậm ở một số cơ sở\n\
                   Chai vỏ chưa được thu hồi kịp\n\
                   Trạm y tế lưu động chưa đủ máy đo SpO2"
                .to_owned(),
            simulated: true,
        };
        let ids = self.does(&self.duty, 6 * 24, list).await?;
        let settle = |place: usize, cause: &str, text: &str, owner: &str, days: i64| SettleCorrection {
            key: None,
            correction: ids[place],
            cause: cause.to_owned(),
            remedy: LineWords {
                text: text.to_owned(),
                owner: owner.to_owned(),
                head: String::new(),
                last_day: Some((self.opening + Span::days(days)).date()),
                left_out: false,
            },
        };
        if ids.len() < 3 {
            return Ok(());
        }
        let late = settle(0, "Trực đêm một người", "Phân công người báo cáo thay trong lịch trực", first, -2);
        self.does(&self.duty, 5 * 24, late).await?;
        self.does(&self.duty, 5 * 24 - 1, OrderCorrection { key: None, correction: ids[0], version: 2 }).await?;
        let evidence = "Lịch trực có người thay, ba đêm liền báo cáo đủ (mô phỏng)".to_owned();
        let on = (self.opening - Span::days(1)).date();
        self.does(&self.duty, 20, MendCorrection { key: None, correction: ids[0], on, evidence }).await?;
        let shells = settle(1, "Thiếu xe chiều về", "Gom vỏ về kho trung tâm theo chuyến giao", second, 3);
        self.does(&self.duty, 4 * 24, shells).await?;
        self.does(&self.duty, 4 * 24 - 1, OrderCorrection { key: None, correction: ids[1], version: 2 }).await.map(drop)
    }

    /// The week that ends, with what was done, and the one that comes, with what goes on.
    async fn plans(&self) -> Outcome<()> {
        let [first, second, third] = &self.names;
        let open = |title: &str, (from, to): (i64, i64), after| OpenPlan {
            key: None,
            title: title.to_owned(),
            from: (self.opening + Span::days(from)).date(),
            to: (self.opening + Span::days(to)).date(),
            after,
            simulated: true,
        };
        let ended = self.does(&self.duty, 7 * 24, open("Xử lý vướng mắc tuần trước", (-7, -1), None)).await?;
        let text = format!(
            "{first}: ký phụ lục hợp đồng oxy lỏng, chậm nhất {}\n\
             {second}: bố trí chỗ đặt giàn chai dự phòng, chậm nhất {}\n\
             {third}: cử kỹ thuật viên tập huấn giàn hóa hơi",
            self.day(-3),
            self.day(-2),
        );
        self.does(&self.duty, 7 * 24, AddItems { key: None, plan: ended, text }).await?;
        self.does(&self.leader, 7 * 24, ConfirmPlan { key: None, plan: ended, version: 2 }).await?;
        let settled = [(0, true, "Phụ lục số 3 đã ký (mô phỏng)"), (1, false, "Mặt bằng còn vướng, đang làm mái che")];
        for (line, done, words) in settled {
            let settle = SettleItem { key: None, plan: ended, line, done, words: words.to_owned() };
            self.does(&self.duty, 24, settle).await?;
        }
        let next = self.does(&self.duty, 10, open("Xử lý vướng mắc tuần này", (0, 6), Some(ended))).await?;
        let text = format!("{first}: kiểm tra máy phát và dầu trước bão, chậm nhất {}", self.day(1));
        self.does(&self.duty, 10, AddItems { key: None, plan: next, text }).await?;
        self.does(&self.leader, 9, ConfirmPlan { key: None, plan: next, version: 2 }).await.map(drop)
    }
}
