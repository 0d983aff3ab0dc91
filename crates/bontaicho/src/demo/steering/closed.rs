//! A public bulletin that went through three hands, another that waits, and a case that only leaders see.

use desk::Outcome;
use desk::operations::steering::bulletin::approve_bulletin::ApproveBulletin;
use desk::operations::steering::bulletin::check_bulletin::CheckBulletin;
use desk::operations::steering::bulletin::draft_bulletin::DraftBulletin;
use desk::operations::steering::cases::add_step::AddStep;
use desk::operations::steering::cases::open_case::OpenCase;
use desk::steering::bulletin::{BulletinId, Whitelist};
use desk::steering::case::OutcomeKind;
use desk::views::steering::bulletin::figures;
use quantity::Span;

use super::Teller;

impl Teller<'_> {
    /// One is public, one waits for another's look.
    pub(super) async fn bulletins(&self) -> Outcome<()> {
        let title = format!("Tình hình oxy y tế ngày {}", self.day(0));
        let id = self
            .bulletin(
                title,
                "Bốn tổ kỹ thuật khí y tế trực đêm; hai xe chở oxy sẵn sàng tại bến phà. \
            Các xã đảo đã nhận chai dự phòng trước bão (mô phỏng).",
            )
            .await?;
        self.does(&self.clerk, 0, CheckBulletin { key: None, bulletin: id }).await?;
        self.does(&self.leader, 0, ApproveBulletin { key: None, bulletin: id, version: 2 }).await?;
        let title = format!("Chuẩn bị ứng phó bão ngày {}", self.day(1));
        self.bulletin(title, "Lịch phà có thể thay đổi; người bệnh thở oxy tại nhà gọi trạm y tế xã (mô phỏng).")
            .await
            .map(drop)
    }

    async fn bulletin(&self, title: String, preparedness: &str) -> Outcome<BulletinId> {
        let reader = self.duty.clone();
        let given = self.office.look(move |office, connection| figures(office, connection, &reader)).await?;
        let draft = DraftBulletin {
            key: None,
            bulletin: None,
            revises: None,
            title,
            figures: Whitelist::shipped().figures.iter().map(|figure| figure.key.clone()).collect(),
            preparedness: preparedness.to_owned(),
            models: "Tổ chăm sóc tại nhà ấp Bờ Dừa gọi từng người bệnh hai lần mỗi ngày, ghi phiếu và chuyển sớm (mô phỏng)."
                .to_owned(),
            given,
        };
        self.does(&self.duty, 0, draft).await
    }

    /// A case in its first steps.
    pub(super) async fn case(&self) -> Outcome<()> {
        let day = |days: i64| (self.opening - Span::days(days)).date();
        let case = OpenCase {
            key: None,
            outcome: OutcomeKind::Severe,
            happened_on: day(6),
            unit: "Trạm y tế lưu động số 9 (mô phỏng)".to_owned(),
            cause: "Người bệnh báo khó thở hai lần, không có người đến nhà trong ca đêm".to_owned(),
            posts: "Trưởng kíp trực đêm\nTrạm trưởng".to_owned(),
            legal_basis: "Văn bản chỉ đạo về trách nhiệm người đứng đầu; quy chế trực (mô phỏng)".to_owned(),
            simulated: true,
        };
        let case = self.does(&self.leader, 5 * 24, case).await?;
        for (days, what) in [(4, "Yêu cầu trạm giải trình bằng văn bản"), (2, "Họp hội đồng chuyên môn, lập biên bản")]
        {
            let step = AddStep { key: None, case, on: day(days), what: what.to_owned() };
            self.does(&self.leader, days * 24, step).await?;
        }
        Ok(())
    }
}
