//! The office of the drill: its own rules with their decision, who is in charge of which field, a receipt by telephone, a
//! newer letter that changes the older one's tasks. All of it invented.

use desk::letters::directive::DirectiveId;
use desk::letters::instruction::Becomes;
use desk::letters::intake::Incoming;
use desk::letters::receipt::By;
use desk::letters::task::TaskId;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::rules::adopt_office_rules::{AdoptOfficeRules, Chosen};
use desk::operations::rules::appoint_in_field::AppointInField;
use desk::operations::rules::choose_instruction::ChooseInstruction;
use desk::operations::rules::note_receipt::NoteReceipt;
use desk::views::letters::letter;
use desk::{Actor, Failure, Office, Outcome};
use place::BodyId;
use place::body::PostKind;
use protocol::OfficeRules;
use quantity::time::show_date;
use quantity::{Moment, Span};
use simulate::Province;
use store::Connection;

/// Who tells it, and of what.
pub struct Told<'a> {
    pub office: &'a Office,
    pub opening: Moment,
    pub clerk: &'a Actor,
    pub leader: &'a Actor,
    pub province: &'a Province,
    /// The older letter, its day and its tasks.
    pub letter: (DirectiveId, Moment),
    pub tasks: &'a [TaskId],
}

/// Rules that the office took over long before the letter came, and others that will count.
pub async fn adopted(office: &Office, leader: &Actor, (came, opening): (Moment, Moment)) -> Outcome<()> {
    let mut own = OfficeRules::shipped().map_err(Failure::refused)?;
    own.title = "Quy định riêng của cơ quan".to_owned();
    own.entry.closing_hour = 16;
    let adopt = |from: Moment, chosen, decision: &str| AdoptOfficeRules {
        key: None,
        from: from.date(),
        chosen,
        decision: decision.to_owned(),
        decided_by: format!("{}, Giám đốc Sở", leader.display_name),
        simulated: true,
    };
    let first = adopt(came - Span::days(2), Chosen::Own(Box::new(own)), "112/QĐ-SYT");
    office.perform_as_at(leader.clone(), came - Span::days(4), first).await?;
    let next = Chosen::Shipped("office.tasks/decision-42".to_owned());
    let next = adopt(opening + Span::days(9), next, "131/QĐ-SYT");
    office.perform_as_at(leader.clone(), opening - Span::days(2), next).await.map(drop)
}

impl Told<'_> {
    /// Tells the rest.
    pub async fn tell(&self) -> Outcome<()> {
        self.fields().await?;
        self.receipt().await?;
        self.newer().await
    }

    fn ago(&self, hours: i64) -> Moment {
        self.opening - Span::hours(hours)
    }

    /// In the first bodies the head has treatment, the oxygen officer oxygen.
    async fn fields(&self) -> Outcome<()> {
        let bodies: Vec<BodyId> = self.province.facilities.iter().take(4).map(|one| one.facility.body.id).collect();
        for body in bodies {
            let posts =
                [(PostKind::Head, "treatment", "Giám đốc"), (PostKind::FocalOfficer, "oxygen", "Cán bộ đầu mối oxy")];
            for (kind, code, post) in posts {
                let holder = self.province.posts.iter().find(|one| one.body == body && one.kind == kind);
                // Who holds no post on that day is put in charge of nothing.
                let Some(holder) = holder.filter(|one| one.from <= self.ago(300) && one.to.is_none()) else { continue };
                let appoint = AppointInField {
                    key: None,
                    body,
                    person: holder.person,
                    code: code.to_owned(),
                    field: String::new(),
                    words: String::new(),
                    post: post.to_owned(),
                    from: self.ago(300).date(),
                    paper: "27/QĐ-BV".to_owned(),
                    simulated: true,
                };
                self.office.perform_as_at(self.leader.clone(), self.ago(299), appoint).await?;
            }
        }
        Ok(())
    }

    async fn receipt(&self) -> Outcome<()> {
        let note = NoteReceipt {
            key: None,
            tasks: vec![self.tasks[6]],
            who: "trực ban đơn vị".to_owned(),
            by: By::Call,
            at: None,
            note: String::new(),
            file: None,
        };
        self.office.perform_as_at(self.clerk.clone(), self.ago(200), note).await.map(drop)
    }

    /// A newer letter amends the older one; of one of its tasks somebody has decided, of the others nobody yet.
    async fn newer(&self) -> Outcome<()> {
        let (_, came) = self.letter;
        let at = self.ago(30);
        let text = format!(
            "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 4203/SYT-NVY\nV/v điều chỉnh thời hạn bảo đảm oxy y tế (văn bản mô phỏng)\n\n\
             An Giang, ngày {:02} tháng {:02} năm {}\n\nKính gửi: Các đơn vị trực thuộc.\n\n\
             Sở Y tế sửa đổi, bổ sung Công văn số 4127/SYT-NVY ngày {} của Sở Y tế.\n\
             1. Các đơn vị rà soát lại thời hạn đã giao.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nPhạm Văn Đước\n",
            at.date().day(),
            at.date().month(),
            at.date().year(),
            show_date(came.date())
        );
        let incoming = Incoming::read(text).map_err(Failure::refused)?;
        let take = TakeIn { key: None, incoming, file: None, party_word: false, simulated: true };
        let later = self.office.perform_as_at(self.clerk.clone(), at, take).await?;
        let reader = self.clerk.clone();
        let read = move |office: &Office, connection: &mut Connection| letter(office, connection, &reader, later);
        let found = self.office.look(read).await?.directive;
        let asks = found.content.references.iter().any(|basis| desk::letters::instruction::asks(basis.role));
        let mut draft = found.content.draft;
        draft.iter_mut().for_each(|task| task.left_out = true);
        let confirm = ConfirmLetter { key: None, directive: later, version: found.version, fields: None, draft };
        self.office.perform_as_at(self.clerk.clone(), at + Span::minutes(20), confirm).await?;
        if !asks {
            return Ok(());
        }
        let choose = ChooseInstruction {
            key: None,
            later,
            tasks: vec![self.tasks[0]],
            becomes: Becomes::Keep,
            last_day: None,
            decider: format!("{}, Giám đốc Sở", self.leader.display_name),
            words: "Giữ hạn cũ, bão đến sớm hơn dự báo".to_owned(),
        };
        self.office.perform_as_at(self.leader.clone(), self.ago(27), choose).await.map(drop)
    }
}
