//! GET /co-so/{id}: one facility.

use axum::extract::{Path, Query, State};
use desk::command::courtesy::by_courtesy;
use desk::rights::Capability;
use desk::views::facility::{FacilityView, facility};
use desk::views::norms::unconfirmed;
use desk::views::running_out::Past;
use desk::{Actor, Failure};
use oxygen::Settings;
use place::FacilityId;
use protocol::{Norms, VersionId};
use quantity::{Moment, Span};

use super::around::look;
use super::facility_parts::{beds_of, contacts_of, figures_of, installations_of, notice_of, patients_of};
use super::facility_series::series_of;
use super::fields::Fields;
use super::oxygen_board::may_report;
use super::oxygen_row::{left_of, pasted, politely, road_of, tone_of};
use super::shift::next_handover;
use super::told::summary_of;
use crate::app::App;
use crate::respond::{Answer, Problem, page_of};
use crate::view::{FacilityPage, Link, NormsUsed, Say, Shell};
use crate::visitor::Member;

/// Reports on one page.
const REPORTS: usize = 12;

/// What the page is made of.
struct Found {
    view: FacilityView,
    settings: std::sync::Arc<Settings>,
    province: String,
    norms: NormsUsed,
}

/// GET /co-so/{id}.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let id: FacilityId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let before = fields.some("truoc").and_then(|text| text.parse().ok()).map(Moment::from_micros);
    let (around, found) = look(&app, &member, move |office, connection, actor| {
        let view = facility(office, connection, actor, id, Past::default(), before, REPORTS as i64 + 1)?;
        let registry = office.registry(connection, actor.province)?;
        let known = registry.facility(id).ok_or(Failure::NotFound)?;
        let settings = registry.settings(known, view.at.date())?;
        let province = registry.post().map_or_else(String::new, |post| post.name.clone());
        let norms = norms_used(registry.norms(), &view);
        Ok(Found { view, settings, province, norms })
    })
    .await?;
    let shell = around.shell(&app, &member, "room-oxygen");
    Ok(page_of(&page_with(member.caller.say, shell, &member.visitor.actor, &found)))
}

fn page_with(t: Say, shell: Shell, actor: &Actor, found: &Found) -> FacilityPage {
    let Found { view, settings, .. } = found;
    let (facility, outlook) = (&view.facility, &view.outlook);
    let href = format!("/co-so/{}", facility.id);
    let asked = by_courtesy(&view.facility.body).is_some();
    let (tone, word) = politely(t, asked, tone_of(t, outlook, view.at, next_handover(view.at)));
    let reports = view.reports.iter().take(REPORTS);
    FacilityPage {
        t,
        shell,
        name: facility.body.name.clone(),
        about: about(t, view, &found.province),
        left: left_of(t, outlook, view.at),
        tone,
        word,
        notice: notice_of(t, view),
        figures: figures_of(t, view),
        on_road: view.road.iter().map(|road| road_of(t, road, &view.outlook, view.at)).collect(),
        contacts: contacts_of(t, view),
        series: series_of(t, view, settings),
        installations: installations_of(t, view),
        patients: patients_of(t, view),
        beds: beds_of(t, facility.beds),
        older_href: older_href(view, &href),
        reports: reports.map(|report| summary_of(t, actor, facility, report)).collect(),
        norms: found.norms.clone(),
        means: pages_of(t, actor, &href),
        report_href: may_report(actor, facility.id).then(|| format!("{href}/bao-cao")),
        copy: pasted(t, &facility.body.name, &view.area, outlook, facility.simulated),
        simulated: facility.simulated,
    }
}

/// The pages of the facility's register.
fn pages_of(t: Say, actor: &Actor, href: &str) -> Vec<Link> {
    let pages = [
        ("facility-stores", "nguon"),
        ("facility-staff", "can-bo"),
        ("facility-balance", "can-doi"),
        ("chain-facility", "chuoi"),
        ("means-beds-facility", "giuong"),
        ("gauge-chart", "bang-do"),
    ];
    let merging = actor.may(Capability::KeepRegisters).then_some(("facility-merging", "sap-nhap"));
    let link = |(key, path): (&str, &str)| Link { text: t.say(key), href: format!("{href}/{path}") };
    let mut links: Vec<Link> = pages.into_iter().chain(merging).map(link).collect();
    let need = href.replacen("/co-so/", "/du-bao/oxy/", 1);
    links.insert(0, Link { text: t.say("facility-need"), href: need });
    links
}

/// The versions that the outlook rests on, and those of them that nobody has confirmed.
fn norms_used(norms: &Norms, view: &FacilityView) -> NormsUsed {
    let versions = &view.outlook.versions;
    let named = |ids: &[VersionId]| ids.iter().map(VersionId::as_str).collect::<Vec<_>>().join(", ");
    NormsUsed { versions: named(versions), unconfirmed: named(&unconfirmed(norms, view.at.date(), versions)) }
}

/// «Phú Quốc, An Giang · tầng 2».
fn about(t: Say, view: &FacilityView, province: &str) -> String {
    let area = if view.area.is_empty() { province.to_owned() } else { format!("{}, {province}", view.area) };
    let tier = view.facility.tier.map(|tier| t.one("about-tier", "tier", tier.to_string()));
    [area].into_iter().chain(tier).collect::<Vec<_>>().join(" · ")
}

/// The last report of this page begins the next one, so that none of the same moment is passed over.
fn older_href(view: &FacilityView, href: &str) -> Option<String> {
    let last = view.reports.get(REPORTS - 1).filter(|_| view.reports.len() > REPORTS)?;
    Some(format!("{href}?truoc={}#reports", (last.happened_at + Span::micros(1)).micros()))
}
