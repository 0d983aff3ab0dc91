//! What a chapter's registers hold of chains, vessels, works, treatment sites and beds: invented, in
//! proportion to the beds of each facility, some of it untested, overdue or left out, as it is in life.

use desk::means::{BedCount, Intensive, SiteState, SiteStep, Vessel, VesselKind, Work};
use desk::operations::chain::count_beds::CountBeds;
use desk::operations::chain::move_site::MoveSite;
use desk::operations::chain::plan_site::PlanSite;
use desk::operations::chain::plan_work::PlanWork;
use desk::operations::chain::record_link::RecordLink;
use desk::operations::chain::record_vessel::RecordVessel;
use desk::{Office, Outcome};
use jiff::civil::Date;
use oxygen::chain::{Grid, Ice, Outlets, Part, Pipe, Power, Rated, Tested, Vaporiser};
use oxygen::{Store, StoreKind};
use place::body::{BodyKind, Facility};
use place::{FacilityId, ProvinceId};
use quantity::{Moment, Span, Typed, Unit};
use simulate::{Chapter, Province};

/// Who owns what the facilities do not; invented.
const OWNERS: [&str; 3] = ["Công ty Khí Mây Trắng", "Công ty Oxy Phù Sa", "Công ty Khí Gió Chướng"];

/// One facility while its registers are being told.
struct Telling<'a> {
    office: &'a Office,
    province: ProvinceId,
    /// When it is written down.
    at: Moment,
    facility: &'a Facility,
    stores: &'a [Store],
    /// Its place in the list: what differs from one to the next follows from it.
    place: usize,
}

/// Tells all of it.
pub async fn tell(office: &Office, chapter: Chapter, province: &Province) -> Outcome<()> {
    let at = chapter.opening() - Span::days(3);
    for (place, listed) in province.facilities.iter().enumerate() {
        let (facility, stores) = (&listed.facility, listed.stores.as_slice());
        let telling = Telling { office, province: province.id, at, facility, stores, place };
        telling.chain().await?;
        telling.vessels().await?;
        telling.works().await?;
        telling.beds(chapter.opening()).await?;
        telling.site().await?;
    }
    reserves(office, chapter, province.id, at).await
}

fn litres(value: f64) -> Typed {
    Typed::measured((value / 10.0).round() * 10.0, Unit::LitrePerMinute)
}

impl Telling<'_> {
    fn days_ago(&self, days: i64) -> Date {
        (self.at - Span::days(days)).date()
    }

    fn days_ahead(&self, days: i64) -> Date {
        (self.at + Span::days(days)).date()
    }

    fn oxygen_beds(&self) -> f64 {
        f64::from(self.facility.beds.oxygen.or(self.facility.beds.open).unwrap_or(10).max(4))
    }

    /// Measured, by the plate, or left out, by the place in the list.
    fn rated(&self, flow: f64, untested: usize) -> Rated {
        let nameplate = Some(litres(flow * 1.1));
        if self.place % 5 == untested {
            return Rated { nameplate, tested: None };
        }
        let days = if self.place % 6 == 2 { 540 } else { 40 + 11 * (self.place as i64 % 20) };
        Rated { nameplate, tested: Some(Tested { flow: litres(flow), on: self.days_ago(days) }) }
    }

    async fn link(&self, name: &str, part: Part) -> Outcome<()> {
        let record = RecordLink { key: None, facility: self.facility.id, name: name.into(), part, told_by: None };
        self.office.perform_at(self.province, self.at, record).await.map(drop)
    }

    async fn chain(&self) -> Outcome<()> {
        let has = |kind| self.stores.iter().any(|store| store.kind == kind);
        let piped = has(StoreKind::Tank) || has(StoreKind::Plant);
        let beds = self.oxygen_beds();
        if self.place % 7 != 5 {
            let large = self.facility.beds.open.unwrap_or(0) >= 60;
            let power = Power {
                grid: Grid::On,
                generator_kva: Some(if large { 250.0 } else { 0.0 }),
                diesel_litres: large.then_some(180.0 + 60.0 * (self.place % 9) as f64),
                litres_per_hour: large.then_some(38.0),
                carries_oxygen: (self.place % 3 != 1).then_some(large),
                checked_on: Some(self.days_ago(4)),
            };
            self.link("Điện", Part::Power(power)).await?;
        }
        if !piped {
            return Ok(());
        }
        if has(StoreKind::Tank) {
            let count = if beds > 150.0 { 2 } else { 1 };
            let each = self.rated(beds * 22.0 / f64::from(count), 4);
            let ice = if self.place % 8 == 6 { Ice::Iced } else { Ice::Dry };
            self.link("Giàn hóa hơi số 1", Part::Vaporiser(Vaporiser { count, each, ice })).await?;
        }
        // The island hospital, the first, was built for fewer beds than it has now.
        let wide = if self.place == 0 { 7.0 } else { 17.0 + (self.place % 4) as f64 };
        let flow = if self.place % 11 == 9 { Rated::default() } else { self.rated(beds * wide, 3) };
        self.link("Ống trục chính", Part::Pipe(Pipe { diameter_mm: Some(42.0), flow })).await?;
        for (ward, share) in [("Khu nội", 0.6), ("Khu hồi sức, cấp cứu", 0.4)] {
            let installed = (beds * share).ceil() as u32;
            let working = Some(installed - installed / 12);
            let outlets = Outlets { installed, working, flow: self.rated(beds * share * 20.0, 2) };
            self.link(ward, Part::Outlets(outlets)).await?;
        }
        Ok(())
    }

    async fn vessels(&self) -> Outcome<()> {
        for (number, store) in self.stores.iter().enumerate() {
            let (kind, volume) = match store.kind {
                StoreKind::Tank => (VesselKind::Tank, Some(store.capacity.as_kg() / 1.142)),
                StoreKind::Dewar => (VesselKind::Dewar, None),
                StoreKind::Cylinders => (VesselKind::Cylinders, None),
                StoreKind::Plant => (VesselKind::Plant, None),
                StoreKind::Concentrators => continue,
            };
            // One in nine overdue, a few near, one in seven never said.
            let step = (self.place * 3 + number) as i64;
            let next = match step {
                step if step % 9 == 4 => Some(self.days_ago(10 + step)),
                step if step % 7 == 3 => None,
                step => Some(self.days_ahead(8 + step * 17)),
            };
            let rented = kind == VesselKind::Tank && self.place.is_multiple_of(3);
            let plant = kind == VesselKind::Plant;
            let content = Vessel {
                facility: self.facility.id,
                store: Some(store.id),
                kind,
                serial: format!("MP-{:02}-{}", self.place + 1, number + 1),
                volume_litres: volume.map(|litres| (litres / 100.0).round() * 100.0),
                pressure_bar: Some(if kind == VesselKind::Cylinders { 150.0 } else { 16.0 }),
                owner: rented.then(|| OWNERS[self.place / 3 % OWNERS.len()].to_owned()),
                others_may_fill: (rented && self.place.is_multiple_of(2)).then_some(self.place.is_multiple_of(4)),
                inspected_on: Some(self.days_ago(300 + step * 9)),
                next_inspection: next,
                purity_percent: plant.then_some(if self.place % 4 == 1 { 88.5 } else { 93.2 }),
                purity_on: plant.then(|| self.days_ago(20)),
                running_hours: plant.then_some(4_200.0 + 310.0 * self.place as f64),
                gone: None,
            };
            let record = RecordVessel { key: None, vessel: None, content };
            self.office.perform_at(self.province, self.at, record).await?;
        }
        Ok(())
    }

    async fn works(&self) -> Outcome<()> {
        let (item, cost, funding, due, percent, widens) = match self.place {
            0 => ("Thay ống trục chính, thêm van chia nhánh", Some(1_250_000_000), "ngân sách tỉnh", 45, 35, 2.4),
            1 => ("Lắp giàn hóa hơi thứ hai", Some(640_000_000), "quỹ phát triển sự nghiệp", 20, 70, 1.5),
            3 => ("Nền bồn chống ngập, nâng 60 cm", Some(380_000_000), "ngân sách tỉnh", -6, 80, 1.0),
            5 => ("Thêm 40 ổ khí khu hồi sức", None, "đề nghị tài trợ", 90, 5, 1.3),
            8 => ("Đấu máy phát cấp cho hệ thống PSA", Some(95_000_000), "nguồn thu đơn vị", -30, 100, 1.0),
            _ => return Ok(()),
        };
        let before = self.oxygen_beds() * if self.place == 0 { 7.0 } else { 17.0 };
        let content = Work {
            facility: self.facility.id,
            item: item.into(),
            cost,
            funding: Some(funding.into()),
            due: self.days_ahead(due),
            percent,
            percent_on: self.at.date(),
            before: Some(litres(before)),
            after: Some(litres(before * widens)),
            dropped: None,
        };
        let plan = PlanWork { key: None, work: None, content };
        self.office.perform_at(self.province, self.at, plan).await.map(drop)
    }

    async fn beds(&self, opening: Moment) -> Outcome<()> {
        let beds = self.facility.beds;
        let (Some(open), true) = (beds.open, self.place % 3 != 2) else { return Ok(()) };
        let icu = beds.icu.unwrap_or(0);
        let share = 60 + (self.place as u32 * 13) % 50;
        let content = BedCount {
            facility: self.facility.id,
            counted_at: opening - Span::hours(6 + (self.place as i64 * 5) % 60),
            told_by: None,
            beds: place::body::Beds { open: Some(open + self.place as u32 % 4 * 5), ..beds },
            occupied: Some(open * share / 100),
            occupied_icu: Some(icu * share.min(100) / 100),
            intensive: Intensive {
                ventilators: Some(icu * 2 / 3),
                hfnc: (self.place % 4 != 3).then_some(icu / 3),
                ecmo: Some(u32::from(icu >= 40)),
                doctors: Some(icu / 4),
                nurses: (self.place % 5 != 4).then_some(icu * 2 / 3),
            },
        };
        let at = content.counted_at;
        self.office.perform_at(self.province, at, CountBeds { key: None, content }).await.map(drop)
    }

    /// A treatment site of the chapter: decided, and opened two weeks later.
    async fn site(&self) -> Outcome<()> {
        if self.facility.body.kind != BodyKind::TreatmentSite {
            return Ok(());
        }
        let beds = self.facility.beds;
        let planned = self.at - Span::days(24);
        let open = self.days_ago(9);
        let plan = Plan {
            name: &self.facility.body.name,
            facility: Some(self.facility.id),
            tier: self.facility.tier.map(u32::from),
            beds: (beds.planned.or(beds.open).unwrap_or(60), beds.oxygen, beds.icu),
            planned_on: self.days_ago(10),
        };
        let site = plan.tell(self.office, self.province, planned).await?;
        for (state, on) in [(SiteState::Ready, self.days_ago(12)), (SiteState::Open, open)] {
            let step = MoveSite { key: None, site, step: SiteStep { state, on, reason: None } };
            self.office.perform_at(self.province, self.at, step).await?;
        }
        Ok(())
    }
}

/// A site of the plan.
struct Plan<'a> {
    name: &'a str,
    facility: Option<FacilityId>,
    tier: Option<u32>,
    beds: (u32, Option<u32>, Option<u32>),
    planned_on: Date,
}

impl Plan<'_> {
    async fn tell(
        self,
        office: &Office,
        province: ProvinceId,
        at: Moment,
    ) -> Outcome<desk::record::RecordId<desk::means::Site>> {
        let plan = PlanSite {
            key: None,
            name: self.name.to_owned(),
            facility: self.facility,
            tier: self.tier,
            beds: self.beds,
            basis: Some("kế hoạch diễn tập (mô phỏng)".into()),
            planned_on: self.planned_on,
        };
        office.perform_at(province, at, plan).await
    }
}

/// Sites that are no facility yet: one that should be open by now, one for later.
async fn reserves(office: &Office, chapter: Chapter, province: ProvinceId, at: Moment) -> Outcome<()> {
    let day = |days: i64| (chapter.opening() + Span::days(days)).date();
    let sites = [
        ("Ký túc xá Cánh Diều (mô phỏng)", Some(1), (240, Some(80), None), day(-2), true),
        ("Nhà thi đấu Bông Súng (mô phỏng)", Some(1), (180, Some(60), None), day(12), false),
        ("Khu hồi sức dự phòng Đồng Sen (mô phỏng)", Some(3), (60, Some(60), Some(30)), day(20), false),
    ];
    for (name, tier, beds, planned_on, ready) in sites {
        let plan = Plan { name, facility: None, tier, beds, planned_on };
        let site = plan.tell(office, province, at - Span::days(20)).await?;
        if ready {
            let step = SiteStep { state: SiteState::Ready, on: at.date(), reason: None };
            office.perform_at(province, at, MoveSite { key: None, site, step }).await?;
        }
    }
    Ok(())
}
