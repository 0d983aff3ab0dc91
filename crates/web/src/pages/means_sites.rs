//! /phuong-tien/thiet-lap: the set-up plan of treatment sites, planned against open by tier, each site with
//! its steps (OX06, TR03).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::means::{Site, SiteState, SiteStep};
use desk::operations::chain::move_site::MoveSite;
use desk::operations::chain::plan_site::PlanSite;
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::means::{Listed, NO_TIER, plan_by_tier, sites};
use quantity::Moment;
use quantity::time::show_date;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::means_fields::{
    Read, choice_field, day_field, missing, name_cell, needed_day, number_field, refusal, whole, words, words_field,
};
use super::plain::{answer, done, plain, said_done};
use super::report_told::read_count;
use super::words::{count, duration, fill};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

async fn look_up(app: &App, member: &Member) -> Result<(Around, Listed<Site>), Problem> {
    look(app, member, sites).await
}

/// GET /phuong-tien/thiet-lap; `buoc` is a site whose next step is to be written down.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member).await?;
    let mut typed = Fields::default();
    if let Some(site) = fields.some("buoc") {
        typed.0.insert("site".into(), site.to_owned());
        typed.0.insert("on".into(), found.at.date().to_string());
    }
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(page_of(&app, &member, &around, &found, (&typed, None), said))
}

/// POST /phuong-tien/thiet-lap: a new site, or the next step of one.
pub(super) async fn record(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let (around, found) = look_up(&app, &member).await?;
    member.must(Capability::KeepInstallations)?;
    match perform(&app, &member, &fields).await {
        Ok(()) => Ok(done("/phuong-tien/thiet-lap", "done-means-site")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            Ok(page_of(&app, &member, &around, &found, (&fields, Some(refused)), String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, fields: &Fields) -> Read<()> {
    let actor = member.visitor.actor.clone();
    let key = desk::IdempotencyKey::new(fields.text("key"));
    if let Some(site) = fields.some("site") {
        let site = site.parse().map_err(|_| missing("site"))?;
        let state = SiteState::from_code(fields.text("state")).ok_or_else(|| missing("state"))?;
        let step = SiteStep { state, on: needed_day(fields, "on")?, reason: words(fields, "reason") };
        return app.office.perform(actor, MoveSite { key, site, step }).await.map(drop).map_err(whole);
    }
    let facility = fields.some("facility").map(|id| id.parse().map_err(|_| missing("facility"))).transpose()?;
    let plan = PlanSite {
        key,
        name: words(fields, "name").ok_or_else(|| missing("name"))?,
        facility,
        tier: read_count(fields, "tier")?,
        beds: (
            read_count(fields, "beds")?.ok_or_else(|| missing("beds"))?,
            read_count(fields, "oxygen_beds")?,
            read_count(fields, "icu_beds")?,
        ),
        basis: words(fields, "basis"),
        planned_on: needed_day(fields, "planned_on")?,
    };
    app.office.perform(actor, plan).await.map(drop).map_err(whole)
}

fn page_of(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Listed<Site>,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Response {
    let t = member.caller.say;
    let tiers = plan_by_tier(found);
    let sum = |of: fn(&desk::views::means::PlanOfTier) -> u32| tiers.values().map(of).sum::<u32>();
    let late = found.rows.iter().filter(|(kept, _)| is_late(found, &kept.content)).count();
    let facts = [
        ("open", count(t, sum(|tier| tier.open)).into()),
        ("sites", count(t, sum(|tier| tier.sites)).into()),
        ("open_beds", count(t, sum(|tier| tier.open_beds)).into()),
        ("beds", count(t, sum(|tier| tier.beds)).into()),
        ("late", late.into()),
    ];
    let mut page = plain(app, member, around, "means-sites", fill(t, "means-sites-says", &facts));
    page.done = said;
    page.sections = vec![by_tier(t, &tiers), list(t, found)];
    if found.may_write {
        let stepping = typed.some("site").is_some();
        let (of_step, of_plan) = if stepping { (refused, None) } else { (None, refused) };
        let empty = Fields::default();
        if let Some((kept, _)) = found.rows.iter().find(|(kept, _)| kept.id.to_string() == typed.text("site")) {
            page.sections.insert(0, step_form(t, app, kept, typed, of_step));
        }
        page.sections.push(plan_form(t, app, found, if stepping { &empty } else { typed }, of_plan));
    }
    answer(&page)
}

/// The name of a tier.
pub(super) fn tier_words(t: Say, tier: u32) -> String {
    if tier == NO_TIER { t.say("means-no-tier") } else { t.one("about-tier", "tier", tier.to_string()) }
}

fn by_tier(t: Say, tiers: &std::collections::BTreeMap<u32, desk::views::means::PlanOfTier>) -> Section {
    let mut section = Section::new("tang", t.say("means-sites-by-tier"));
    let figure = |number: Option<u32>| number.map_or_else(Cell::unknown, |number| Cell::text(count(t, number)));
    let rows = tiers.iter().map(|(tier, sum)| {
        let behind = if sum.open < sum.sites { Tone::Attention } else { Tone::Confirmed };
        vec![
            Cell::text(tier_words(t, *tier)),
            Cell::text(format!("{} / {}", sum.open, sum.sites)).toned(behind),
            Cell::text(format!("{} / {}", count(t, sum.open_beds), count(t, sum.beds))),
            figure(sum.oxygen_beds),
            figure(sum.icu_beds),
        ]
    });
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("means-column-tier")),
            Column::number(t.say("means-column-sites-open")),
            Column::number(t.say("means-column-beds-open")),
            Column::number(t.say("beds-oxygen")),
            Column::number(t.say("beds-icu")),
        ],
        rows: rows.collect(),
    });
    section.empty = t.say("means-sites-empty");
    section
}

fn is_late(found: &Listed<Site>, site: &Site) -> bool {
    matches!(site.state(), SiteState::Planned | SiteState::Ready) && site.planned_on < found.at.date()
}

fn state_words(t: Say, state: SiteState) -> String {
    t.say(&format!("means-site-{}", state.code()))
}

fn list(t: Say, found: &Listed<Site>) -> Section {
    let mut section = Section::new("danh-sach", t.say("means-sites-list"));
    let rows = found.rows.iter().map(|(kept, at)| {
        let site = &kept.content;
        let late = is_late(found, site);
        let away = duration(t, Moment::start_of(site.planned_on) - Moment::start_of(found.at.date()));
        let planned = Cell::text(show_date(site.planned_on));
        let planned = if late {
            planned.told(t.one("means-overdue", "age", away)).toned(Tone::Attention)
        } else if site.opened_on().is_none() {
            planned.told(t.one("means-due-in", "age", away))
        } else {
            planned
        };
        let tone = match site.state() {
            SiteState::Open => Tone::Confirmed,
            SiteState::Closed => Tone::Old,
            SiteState::Planned | SiteState::Ready => Tone::Plain,
        };
        let change = found.may_write.then(|| format!("/phuong-tien/thiet-lap?buoc={}#buoc", kept.id));
        let name = name_cell(&site.name, change);
        let place = at.as_ref().map(|facility| facility.body.name.clone()).filter(|name| *name != site.name);
        let marked = at.as_ref().filter(|facility| facility.simulated).map(|_| t.say("simulated"));
        let told = [place, site.basis.clone(), marked].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let beds = |beds: Option<u32>| beds.map_or_else(Cell::unknown, |beds| Cell::text(count(t, beds)));
        vec![
            name.told(told).more(super::history::link(t, kept.id)),
            site.tier.map_or_else(Cell::unknown, |tier| Cell::text(tier_words(t, tier))),
            Cell::text(state_words(t, site.state())).told(history(t, site)).toned(tone),
            planned,
            site.opened_on().map_or_else(Cell::default, |day| Cell::text(show_date(day))),
            Cell::text(count(t, site.beds)),
            beds(site.oxygen_beds),
            beds(site.icu_beds),
        ]
    });
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("means-column-site")),
            Column::words(t.say("means-column-tier")),
            Column::words(t.say("means-column-state")),
            Column::words(t.say("means-column-planned-on")),
            Column::words(t.say("means-column-opened-on")),
            Column::number(t.say("beds-all")),
            Column::number(t.say("beds-oxygen")),
            Column::number(t.say("beds-icu")),
        ],
        rows: rows.collect(),
    });
    section.empty = t.say("means-sites-empty");
    section
}

/// «kế hoạch 01/11 → sẵn sàng 15/11 → mở 20/11 (QĐ 12)».
fn history(t: Say, site: &Site) -> String {
    let step = |step: &SiteStep| {
        let said = format!("{} {}", state_words(t, step.state), show_date(step.on));
        step.reason.as_ref().map_or(said.clone(), |reason| format!("{said} ({reason})"))
    };
    site.steps.iter().map(step).collect::<Vec<_>>().join(" → ")
}

fn step_form(t: Say, app: &App, kept: &Kept<Site>, typed: &Fields, refused: Option<Refusal>) -> Section {
    let mut section = Section::new("buoc", t.one("means-site-step", "name", &kept.content.name));
    let from = kept.content.state();
    let states = SiteState::ALL.into_iter().filter(|to| from.leads_to(*to));
    let states = states.map(|state| (state.code().to_owned(), state_words(t, state)));
    let mut form = Form::new("/phuong-tien/thiet-lap", t.say("chain-save"), server_key(app.office.real_now()))
        .hidden("site", kept.id.to_string())
        .field(choice_field(t, typed, "state", "means-column-state", states))
        .field(day_field(t, typed, "on", "means-field-since").required())
        .field(words_field(t, typed, "reason", "means-field-basis").hint(t.say("means-close-needs-reason")));
    form.refusal = refused;
    section.forms.push(form);
    section
}

fn plan_form(t: Say, app: &App, found: &Listed<Site>, typed: &Fields, refused: Option<Refusal>) -> Section {
    let mut section = Section::new("ghi", t.say("means-site-add"));
    section.folded = refused.is_none();
    let known = found.facilities.iter().map(|facility| (facility.id.to_string(), facility.body.name.clone()));
    let none = found.whole.then(|| (String::new(), t.say("means-no-facility-yet")));
    let mut form = Form::new("/phuong-tien/thiet-lap", t.say("chain-save"), server_key(app.office.real_now()))
        .field(words_field(t, typed, "name", "means-column-site").required())
        .field(choice_field(t, typed, "facility", "means-field-run-by", none.into_iter().chain(known)))
        .field(number_field(t, typed, "tier", "means-column-tier", ""))
        .field(number_field(t, typed, "beds", "beds-all", "").required())
        .field(number_field(t, typed, "oxygen_beds", "beds-oxygen", ""))
        .field(number_field(t, typed, "icu_beds", "beds-icu", ""))
        .field(day_field(t, typed, "planned_on", "means-column-planned-on").required())
        .field(words_field(t, typed, "basis", "means-field-basis"));
    form.refusal = refused;
    section.forms.push(form);
    section
}
