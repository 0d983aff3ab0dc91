//! The returns of the province and its neighbours at the ministry: one late, most of the country silent.

use desk::operations::papers::take_return::TakeReturn;
use desk::papers::layout::ReportKind;
use desk::views::national::read;
use desk::views::papers::{Format, compose, file};
use desk::{Actor, Office, Outcome};
use jiff::civil::Date;
use place::ProvinceId;
use quantity::{Moment, Span};
use store::register;

/// Tells what came in before the opening.
pub async fn tell(office: &Office, opening: Moment) -> Outcome<()> {
    let posts = office.look(|_, connection| Ok(register::command_posts(connection)?)).await?;
    let provinces: Vec<ProvinceId> = posts.iter().map(|post| post.province).collect();
    let back = |days: i32| opening.date().checked_sub(jiff::Span::new().days(days)).unwrap_or(opening.date());
    let (yesterday, before) = (back(1), back(2));
    let morning = Moment::start_of(yesterday);
    for (place, province) in (0..).zip(&provinces) {
        // The last of the neighbours sends two hours after it was due.
        let late = place + 1 == provinces.len();
        let at = morning + if late { Span::hours(10) } else { Span::minutes(6 * 60 + 11 * place as i64) };
        taken(office, *province, before, at).await?;
    }
    // Of yesterday two have come; the rest have until the morning.
    for (place, province) in (0..).zip(provinces.iter().take(2)) {
        taken(office, *province, yesterday, opening - Span::minutes(50 - 20 * place)).await?;
    }
    Ok(())
}

async fn taken(office: &Office, province: ProvinceId, day: Date, at: Moment) -> Outcome<()> {
    let actor = Actor::program(province);
    let daily = ReportKind::Daily;
    let content = office.look(move |office, connection| compose(office, connection, &actor, daily, day)).await?;
    let file_name = format!("bao-cao-daily-{day}-lan-1.json");
    let told = read(&file_name, &file(&content, Format::Json)?)?;
    let taking = TakeReturn { key: None, file_name, told, reason: String::new() };
    office.perform_at(ProvinceId::NATION, at, taking).await.map(drop)
}
