//! Tasks of the drill in all their stages, from one invented letter of the invented department to invented facilities:
//! overdue, handed in, given back, done in time and late, with evidence, an obstacle that was answered and one that
//! waits, a letter made known to all staff, an incident reported to several levels.

use desk::letters::directive::DirectiveId;
use desk::letters::incident::Level;
use desk::letters::intake::Incoming;
use desk::letters::obstacle::ObstacleKind;
use desk::letters::task::TaskId;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::take_in::TakeIn;
use desk::operations::tasks::accept_task::AcceptTask;
use desk::operations::tasks::add_evidence::{AddEvidence, Shown};
use desk::operations::tasks::answer_obstacle::AnswerObstacle;
use desk::operations::tasks::approve_task::ApproveTask;
use desk::operations::tasks::drop_task::DropTask;
use desk::operations::tasks::note_read::NoteRead;
use desk::operations::tasks::note_seen::NoteSeen;
use desk::operations::tasks::raise_obstacle::RaiseObstacle;
use desk::operations::tasks::report_incident::ReportIncident;
use desk::operations::tasks::return_task::ReturnTask;
use desk::operations::tasks::set_deadline::SetDeadline;
use desk::operations::tasks::spread_letter::SpreadLetter;
use desk::operations::tasks::submit_task::SubmitTask;
use desk::operations::tasks::tell_progress::TellProgress;
use desk::record;
use desk::views::letters::letter;
use desk::{Actor, Failure, Office, Operation, Outcome};
use place::body::PostKind;
use place::{BodyId, Ownership};
use quantity::time::show_date;
use quantity::{Moment, Span};
use simulate::{Chapter, Scenario};
use store::{Connection, account};

use super::letter::pdf;
use super::picture::gauge;

/// Who takes letters in and who judges, by the names of their accounts.
const CLERK: &str = "Huỳnh Thị Lụa";
const LEADER: &str = "Phạm Văn Đước";

/// What each facility is asked, and the days from the opening to its deadline; none is none.
const ORDERS: [(&str, Option<i32>); 9] = [
    ("Kiểm tra mức bồn, chai đầy, vỏ chai và gửi ảnh đồng hồ từng bồn oxy", Some(1)),
    ("Rà soát máy phát điện, dầu dự phòng cho giàn hóa hơi và báo cáo Sở Y tế", Some(-4)),
    ("Lập danh sách người bệnh thở oxy dòng cao cần chuyển tuyến khi có bão", Some(2)),
    ("Kiểm định lại van an toàn của bồn oxy lỏng", Some(1)),
    ("Tập huấn kíp trực thay chai và đọc đồng hồ cho toàn bộ điều dưỡng", Some(-3)),
    ("Ký phụ lục hợp đồng cung ứng oxy cho tháng 12", Some(-6)),
    ("Khẩn trương chuẩn bị phương án chuyển bồn dự phòng sang khu điều trị mới", None),
    ("Mượn thêm 20 chai 40 lít của đơn vị bạn", Some(3)),
    ("Báo cáo số người bệnh thở oxy về Sở Y tế hằng ngày trước 16 giờ", None),
];

struct Telling<'a> {
    office: &'a Office,
    opening: Moment,
    leader: Actor,
    /// One for each facility: its head, who does what his body does.
    heads: Vec<Actor>,
    tasks: Vec<TaskId>,
}

/// Tells the tasks of the drill.
pub async fn tell(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    let province = scenario.province();
    let accounts = office.look({
        let province = province.id;
        move |_, connection| Ok(account::list(connection, province)?)
    });
    let accounts = accounts.await?;
    let named = |name: &str| accounts.iter().find(|one| one.display_name == name).map(Actor::of_account);
    let (Some(clerk), Some(leader)) = (named(CLERK), named(LEADER)) else { return Ok(()) };
    // What is only asked is never late, so the story is of the department's own units.
    let own = province.facilities.iter().filter(|one| one.facility.body.ownership == Ownership::Public);
    let bodies: Vec<(BodyId, String)> =
        own.take(ORDERS.len()).map(|one| (one.facility.body.id, one.facility.body.name.clone())).collect();
    if bodies.len() < ORDERS.len() {
        return Ok(());
    }
    let head = |body: BodyId| {
        let post = province.posts.iter().find(|post| post.body == body && post.kind == PostKind::Head);
        let mut actor = Actor::program(province.id);
        actor.display_name = post.map_or_else(String::new, |post| post.name.clone());
        actor
    };
    let opening = chapter.opening();
    let came = opening - Span::hours(10 * 24 - 6);
    super::rules::adopted(office, &leader, (came, opening)).await?;
    let directive = confirmed(office, &clerk, (came, opening), &bodies).await?;
    let tasks = office
        .look({
            let province = province.id;
            move |_, connection| Ok(record::one(connection, province, directive)?.map(|kept| kept.content.tasks))
        })
        .await?;
    let telling = Telling {
        office,
        opening,
        leader,
        heads: bodies.iter().map(|(body, _)| head(*body)).collect(),
        tasks: tasks.unwrap_or_default(),
    };
    if telling.tasks.len() == ORDERS.len() {
        telling.stages().await?;
        telling.daily().await?;
        telling.obstacles().await?;
    }
    if telling.tasks.len() == ORDERS.len() {
        let (clerk, leader) = (&clerk, &telling.leader);
        let letter = (directive, came);
        super::rules::Told { office, opening, clerk, leader, province, letter, tasks: &telling.tasks }.tell().await?;
    }
    telling.known(directive, bodies[0].0).await?;
    telling.incident(bodies[0].0).await
}

/// The letter, taken in and confirmed as the clerk would: each order to its facility.
async fn confirmed(
    office: &Office,
    clerk: &Actor,
    (came, opening): (Moment, Moment),
    bodies: &[(BodyId, String)],
) -> Outcome<DirectiveId> {
    let day = came.date();
    let mut text = format!(
        "UBND TỈNH AN GIANG\nSỞ Y TẾ\nSố: 4127/SYT-NVY\nV/v bảo đảm oxy y tế mùa bão và dịch hô hấp (văn bản mô phỏng)\n\n\
         An Giang, ngày {:02} tháng {:02} năm {}\n\nKính gửi:\n",
        day.day(),
        day.month(),
        day.year()
    );
    for (_, name) in bodies {
        text.push_str(&format!("- {name};\n"));
    }
    text.push_str("\nSở Y tế yêu cầu các đơn vị thực hiện các nội dung sau:\n");
    let last_day =
        |days: Option<i32>| days.and_then(|days| opening.date().checked_add(jiff::Span::new().days(days)).ok());
    for (place, ((order, days), (_, name))) in ORDERS.iter().zip(bodies).enumerate() {
        let until = last_day(*days).map(|day| format!(", chậm nhất ngày {}", show_date(day))).unwrap_or_default();
        text.push_str(&format!("{}. {name}\n- {order}{until}.\n", place + 1));
    }
    text.push_str("\nNơi nhận:\n- Như trên (để thực hiện);\n- Lưu: VT, NVY.\n\nGIÁM ĐỐC\n\nPhạm Văn Đước\n");
    let incoming = Incoming::read(text).map_err(Failure::refused)?;
    let taken = TakeIn { key: None, incoming, file: None, party_word: false, simulated: true };
    let directive = office.perform_as_at(clerk.clone(), came, taken).await?;
    let reader = clerk.clone();
    let read = move |office: &Office, connection: &mut Connection| letter(office, connection, &reader, directive);
    let found = office.look(read).await?.directive;
    let mut draft = found.content.draft;
    for (place, task) in draft.iter_mut().enumerate() {
        task.left_out = place >= bodies.len();
        if let Some((body, _)) = bodies.get(place) {
            task.owner.bodies = vec![*body];
            if task.printed.is_empty() {
                task.last_day = last_day(ORDERS[place].1);
            }
        }
    }
    let confirm = ConfirmLetter { key: None, directive, version: found.version, fields: None, draft };
    office.perform_as_at(clerk.clone(), came + Span::minutes(25), confirm).await
}

impl Telling<'_> {
    /// Hours before the opening.
    fn ago(&self, hours: i64) -> Moment {
        self.opening - Span::hours(hours)
    }

    async fn head<O: Operation>(&self, place: usize, hours: i64, operation: O) -> Outcome<O::Done> {
        self.office.perform_as_at(self.heads[place].clone(), self.ago(hours), operation).await
    }

    async fn leader<O: Operation>(&self, hours: i64, operation: O) -> Outcome<O::Done> {
        self.office.perform_as_at(self.leader.clone(), self.ago(hours), operation).await
    }

    async fn accept(&self, place: usize, hours: i64) -> Outcome<()> {
        self.head(place, hours, AcceptTask { key: None, task: self.tasks[place] }).await.map(drop)
    }

    async fn say(&self, place: usize, hours: i64, percent: u8, words: &str) -> Outcome<()> {
        let told = TellProgress {
            key: None,
            task: self.tasks[place],
            percent: Some(percent),
            words: words.to_owned(),
            ticked: Vec::new(),
        };
        self.head(place, hours, told).await.map(drop)
    }

    async fn show(&self, place: usize, hours: i64, shown: Shown) -> Outcome<()> {
        self.head(place, hours, AddEvidence { key: None, task: self.tasks[place], shown }).await.map(drop)
    }

    async fn hand_in(&self, place: usize, hours: i64, words: &str) -> Outcome<()> {
        let submit = SubmitTask { key: None, task: self.tasks[place], words: words.to_owned() };
        self.head(place, hours, submit).await.map(drop)
    }

    async fn stages(&self) -> Outcome<()> {
        let file =
            |name: &str, bytes: Vec<u8>| Shown::File { name: name.to_owned(), digest: store::sha256(&bytes), bytes };
        let words = |words: &str| Shown::Text(words.to_owned());
        // Under way, due tomorrow, with pictures.
        self.accept(0, 220).await?;
        self.show(0, 30, file("bon-so-1.png", gauge(34))).await?;
        self.show(0, 29, file("bon-so-2.png", gauge(71))).await?;
        self.say(0, 28, 60, "Còn bồn khu điều trị mới").await?;
        // Overdue: taken up, told once, then silence.
        self.accept(1, 190).await?;
        self.say(1, 150, 20, "Đang chờ báo giá dầu").await?;
        // Handed in, waits for the leader.
        self.accept(2, 200).await?;
        self.show(2, 20, words("Danh sách 14 người bệnh theo mã, chia ba chuyến xe; không ghi tên.")).await?;
        self.hand_in(2, 19, "Đề nghị Sở xem thứ tự chuyển").await?;
        // Given back.
        self.accept(3, 200).await?;
        self.show(3, 60, file("bien-ban.pdf", pdf("Bien ban kiem dinh van"))).await?;
        self.hand_in(3, 60, "").await?;
        let reason = "Biên bản thiếu chữ ký của đơn vị kiểm định; bổ sung trang cuối.".to_owned();
        self.leader(50, ReturnTask { key: None, task: self.tasks[3], reason }).await?;
        // Done in time, and done late.
        self.accept(4, 215).await?;
        self.show(4, 110, words("42/42 điều dưỡng đã thực hành; danh sách ký tên lưu tại phòng điều dưỡng.")).await?;
        self.hand_in(4, 108, "").await?;
        let words = "Đạt.".to_owned();
        self.leader(100, ApproveTask { key: None, task: self.tasks[4], words }).await?;
        self.accept(5, 180).await?;
        self.show(5, 90, file("phu-luc.pdf", pdf("Phu luc hop dong"))).await?;
        self.hand_in(5, 90, "Bên cung ứng ký chậm").await?;
        self.leader(80, ApproveTask { key: None, task: self.tasks[5], words: String::new() }).await?;
        // No longer wanted.
        let reason = "Đã điều 20 chai từ kho tỉnh, không cần mượn.".to_owned();
        self.leader(70, DropTask { key: None, task: self.tasks[7], reason }).await.map(drop)
    }

    /// The daily report: one day missed, one evening late.
    async fn daily(&self) -> Outcome<()> {
        let (province, task) = (self.leader.province, self.tasks[8]);
        let found = self.office.look(move |_, connection| record::one(connection, province, task)).await?;
        if found.is_none_or(|kept| kept.content.life.every.is_none()) {
            return Ok(());
        }
        for (hours, patients) in
            [(230, 29), (206, 31), (182, 33), (134, 38), (110, 41), (81, 44), (62, 47), (38, 52), (14, 58)]
        {
            let shown = Shown::Text(format!("{patients} người bệnh thở oxy"));
            self.show(8, hours, shown).await?;
            self.hand_in(8, hours, "").await?;
        }
        Ok(())
    }

    async fn obstacles(&self) -> Outcome<()> {
        let raise = |place: usize, kind, words: &str| RaiseObstacle {
            key: None,
            task: self.tasks[place],
            kind,
            words: words.to_owned(),
        };
        let missing =
            raise(2, ObstacleKind::Proposal, "Đề nghị cho dùng xe cứu thương của tuyến tỉnh cho chuyến thứ ba.");
        let answered = self.head(2, 120, missing).await?;
        let words = "Đồng ý; điều xe 115 số 2, liên hệ trực ban trước 4 giờ.".to_owned();
        self.leader(98, AnswerObstacle { key: None, obstacle: answered, words }).await?;
        let waits =
            raise(1, ObstacleKind::Obstacle, "Hợp đồng dầu đã hết hạn, chưa có nguồn chi cho 600 lít dầu dự phòng.");
        self.head(1, 140, waits).await?;
        let new = raise(0, ObstacleKind::Obstacle, "Đồng hồ bồn khu mới mờ mặt kính, đọc không chắc; xin thay.");
        self.head(0, 26, new).await.map(drop)?;
        let last_day = self.opening.date().checked_add(jiff::Span::new().days(5)).ok();
        let reason = "Chờ bàn giao khu điều trị mới".to_owned();
        self.leader(24, SetDeadline { key: None, task: self.tasks[6], last_day, reason }).await.map(drop)
    }

    /// The letter made known in the first facility: by an attendance list, then one by one.
    async fn known(&self, letter: DirectiveId, body: BodyId) -> Outcome<()> {
        let staff = "Danh Thị Nở; Khoa Hồi sức\nLý Văn Trạch; Khoa Hồi sức\nHồ Kim Hến; Khoa Hồi sức\n\
            Thạch Văn Nhái; Khoa Nội\nPhan Thị Rạng; Khoa Nội\nBùi Hồng Thắm; Khoa Nội\nĐặng Văn Rẫy; Khoa Nội\n\
            Võ Thị Bưởi; Phòng Điều dưỡng\nNgô Minh Ghe; Phòng Điều dưỡng\nDương Chí Buồm; Phòng Vật tư";
        let spread = SpreadLetter { key: None, letter, body, staff: staff.to_owned() };
        let spread = self.head(0, 200, spread).await?;
        let note = |names: &str, meeting: &str| NoteRead {
            key: None,
            spread,
            names: names.to_owned(),
            meeting: meeting.to_owned(),
            at: None,
            list: None,
        };
        let meeting = "Danh Thị Nở\nLý Văn Trạch\nThạch Văn Nhái\nPhan Thị Rạng\nVõ Thị Bưởi";
        self.head(0, 190, note(meeting, "Giao ban toàn viện")).await?;
        self.head(0, 166, note("Hồ Kim Hến\nDương Chí Buồm", "")).await.map(drop)
    }

    /// An incident of the first facility at four levels, one of which has not seen it.
    async fn incident(&self, body: BodyId) -> Outcome<()> {
        let report = ReportIncident {
            key: None,
            body,
            words: "Rò van xả bồn số 1, đã khóa nhánh phụ và chuyển khoa Hồi sức sang giàn chai. Cần thợ kỹ thuật của bên cung ứng."
                .to_owned(),
            happened_at: Some(self.ago(8)),
            levels: vec![Level::Commune, Level::Department, Level::Province],
        };
        let incident = self.head(0, 7, report).await?;
        let seen = |level, by: &str| NoteSeen { key: None, incident, level, by: by.to_owned() };
        self.leader(6, seen(Level::Department, "")).await?;
        self.head(0, 6, seen(Level::Commune, "trực ban phường")).await
    }
}
