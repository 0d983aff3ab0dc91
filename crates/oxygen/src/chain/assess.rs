//! The weakest link, what it means for the patients of now, and what is left without the grid.

use jiff::civil::Date;
use quantity::convert::l_per_min;
use quantity::{Purity, ReferenceTemperature};

use super::part::litres;
use super::told::{Flows, Need, NoGrid, Peak, Stage, Verdict};
use super::{ChainNorms, Evidence, Grid, LinkKind, Part, PartFlow, Power, Rated, Tested};
use crate::{CensusAt, Settings, Store, StoreKind, StoreState};

/// What is known of one facility's chain at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Parts with the names that people there give them.
    pub parts: &'a [(String, Part)],
    /// Its stores, with what their machines make.
    pub stores: &'a [StoreState<'a>],
    /// The newest count of its patients.
    pub census: Option<CensusAt>,
    /// Today.
    pub today: Date,
}

/// The chain of one facility.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    /// Source, vaporiser, pipe, outlets, as far as oxygen takes this way.
    pub stages: Vec<Stage>,
    /// Concentrators that stand at the bed, beside the pipe.
    pub bedside: Option<Stage>,
    /// Power as last told.
    pub power: Option<Power>,
    /// What the weakest link lets through now.
    pub deliverable: Flows,
    /// What the patients take at the peak; `None` while nobody has counted them.
    pub need: Option<Need>,
    /// Whether it is enough.
    pub verdict: Verdict,
    /// Without the grid.
    pub no_grid: NoGrid,
    /// Whether anybody has written down a part beyond the stores.
    pub described: bool,
}

impl Assessment {
    /// Peak need as a share of the flow that can be counted on; without end where nothing flows.
    pub fn share(&self) -> Option<f64> {
        let peak = self.deliverable.against(self.need?.high)?;
        Some(if peak.deliverable > 0.0 { peak.needed / peak.deliverable } else { f64::INFINITY })
    }
}

/// Only the peak and what it is held against: for lists of many facilities.
pub fn peak(facts: &Facts<'_>, settings: &Settings, norms: &ChainNorms) -> Option<Peak> {
    let look = Look { facts, settings, norms };
    let need = look.need()?.high;
    let power = look.power();
    let off = power.as_ref().is_some_and(|power| power.grid == Grid::Off);
    look.flows(!off || power.as_ref().is_some_and(Power::carries_now)).against(need)
}

/// The chain of a facility, from what is written down of it.
pub fn assess(facts: &Facts<'_>, settings: &Settings, norms: &ChainNorms) -> Assessment {
    let look = Look { facts, settings, norms };
    let power = look.power();
    let grid_off = power.as_ref().is_some_and(|power| power.grid == Grid::Off);
    let carried = power.as_ref().is_some_and(Power::carries_now);
    let wired = power.as_ref().filter(|power| power.carries_oxygen_without_grid());
    let diesel_hours = wired.and_then(Power::diesel_hours);
    let at_once = look.flows(carried);
    let after = look.flows(false);
    let deliverable = if grid_off { at_once.clone() } else { look.flows(true) };
    let need = look.need();
    let verdict = verdict(&deliverable, need, norms);
    Assessment {
        stages: look.stages(!grid_off || carried),
        bedside: look.bedside(!grid_off || carried),
        deliverable,
        need,
        verdict,
        no_grid: NoGrid { at_once, diesel_hours, after, needs_power: look.needs_power() },
        described: !facts.parts.is_empty(),
        power,
    }
}

fn verdict(flows: &Flows, need: Option<Need>, norms: &ChainNorms) -> Verdict {
    let Some(need) = need else { return Verdict::Unknown };
    let unknown = !flows.unknown.is_empty();
    match flows.high {
        Some(high) if need.high > high => Verdict::Short,
        _ if unknown => Verdict::Unknown,
        _ if need.high > flows.low => Verdict::Short,
        _ if need.high > flows.low * norms.watch => Verdict::Tight,
        _ => Verdict::Enough,
    }
}

struct Look<'a> {
    facts: &'a Facts<'a>,
    settings: &'a Settings,
    norms: &'a ChainNorms,
}

impl Look<'_> {
    fn power(&self) -> Option<Power> {
        self.facts.parts.iter().find_map(|(_, part)| match part {
            Part::Power(power) => Some(power.clone()),
            _ => None,
        })
    }

    fn of_kind(&self, kind: StoreKind) -> impl Iterator<Item = &StoreState<'_>> {
        self.facts.stores.iter().filter(move |state| state.store.kind == kind)
    }

    fn has_liquid(&self) -> bool {
        self.facts.stores.iter().any(|state| matches!(state.store.kind, StoreKind::Tank | StoreKind::Dewar))
    }

    fn needs_power(&self) -> bool {
        self.facts.stores.iter().any(|state| !state.store.kind.holds_stock())
    }

    fn parts(&self, kind: LinkKind) -> Vec<PartFlow> {
        let (today, assumed, norms) = (self.facts.today, self.settings.assumed, self.norms);
        let flow = |(name, part): &(String, Part)| match part {
            Part::Power(_) => None,
            Part::Manifold(rated) => Some(rated.flow(name, today, assumed, norms)),
            Part::Vaporiser(vaporiser) => Some(vaporiser.flow(name, today, assumed, norms)),
            Part::Pipe(pipe) => Some(pipe.flow.flow(name, today, assumed, norms)),
            Part::Outlets(outlets) if outlets.working == Some(0) => {
                Some(PartFlow { high: Some(0.0), evidence: Evidence::Tested, ..PartFlow::unknown(name) })
            }
            Part::Outlets(outlets) => Some(outlets.flow.flow(name, today, assumed, norms)),
        };
        self.facts.parts.iter().filter(|(_, part)| part.link() == kind).filter_map(flow).collect()
    }

    /// Plants: what they were seen to make limits nothing, what they were tested for does.
    fn plants(&self) -> Vec<PartFlow> {
        self.of_kind(StoreKind::Plant).map(|state| self.machine(state.store)).collect()
    }

    fn machine(&self, store: &Store) -> PartFlow {
        let Some(rated) = &store.rated else { return PartFlow::unknown(&store.label) };
        let pure = |typed: &quantity::Typed| {
            let litres = litres(typed, store.purity, self.settings.assumed)?;
            Some(
                quantity::Typed::new(typed.text.clone(), litres, quantity::Unit::LitrePerMinute)
                    .of_purity(Purity::PURE)
                    .at(ReferenceTemperature::Celsius21),
            )
        };
        let Some(flow) = pure(&rated.flow) else { return PartFlow::unknown(&store.label) };
        let rated = match rated.tested_on {
            Some(on) => Rated { nameplate: None, tested: Some(Tested { flow, on }) },
            None => Rated { nameplate: Some(flow), tested: None },
        };
        rated.flow(&store.label, self.facts.today, self.settings.assumed, self.norms)
    }

    /// Concentrators at the bed: what they were last seen to make, else one unit by its plate.
    fn bedside(&self, powered: bool) -> Option<Stage> {
        let part = |state: &StoreState<'_>| match state.production {
            Some(made) => {
                let flow = l_per_min(made.rate, ReferenceTemperature::Celsius21);
                PartFlow {
                    name: state.store.label.clone(),
                    low: flow,
                    high: Some(flow),
                    evidence: Evidence::Tested,
                    on: Some(made.at.date()),
                    iced: false,
                }
            }
            None => PartFlow { high: None, ..self.machine(state.store) },
        };
        let parts: Vec<PartFlow> = self.of_kind(StoreKind::Concentrators).map(part).collect();
        (powered && !parts.is_empty()).then(|| Stage::of(LinkKind::Source, parts))
    }

    /// The links that oxygen takes to the outlets in the wall; none where nothing is piped.
    fn stages(&self, powered: bool) -> Vec<Stage> {
        let mut source = self.parts(LinkKind::Source);
        if powered {
            source.extend(self.plants());
        }
        let mut stages = Vec::new();
        if self.has_liquid() {
            let vaporisers = self.parts(LinkKind::Vaporiser);
            let vaporiser = Stage::of(LinkKind::Vaporiser, vaporisers);
            // A tank itself limits nothing: what leaves it is what the vaporiser turns to gas.
            source.push(PartFlow {
                name: self.liquid_name(),
                low: vaporiser.low,
                high: vaporiser.high,
                evidence: vaporiser.evidence,
                on: vaporiser.on,
                iced: vaporiser.parts.iter().any(|part| part.iced),
            });
            stages.push(vaporiser);
        }
        if source.is_empty() && !self.is_piped() {
            return stages;
        }
        let source = if source.is_empty() {
            let none = PartFlow { high: Some(0.0), ..PartFlow::unknown("") };
            Stage { parts: Vec::new(), ..Stage::of(LinkKind::Source, vec![none]) }
        } else {
            Stage::of(LinkKind::Source, source)
        };
        stages.insert(0, source);
        for kind in [LinkKind::Pipe, LinkKind::Outlets] {
            let parts = self.parts(kind);
            // Pipes beside each other lead to other wards: together they carry their sum.
            stages.push(Stage::of(kind, parts));
        }
        stages
    }

    fn is_piped(&self) -> bool {
        self.of_kind(StoreKind::Plant).next().is_some()
            || self.facts.parts.iter().any(|(_, part)| part.link() != LinkKind::Power)
    }

    fn liquid_name(&self) -> String {
        let liquid =
            self.facts.stores.iter().filter(|state| matches!(state.store.kind, StoreKind::Tank | StoreKind::Dewar));
        liquid.map(|state| state.store.label.clone()).collect::<Vec<_>>().join(", ")
    }

    fn flows(&self, powered: bool) -> Flows {
        let stages = self.stages(powered);
        let bedside = self.bedside(powered);
        let serial = stages.iter().filter(|stage| stage.kind != LinkKind::Vaporiser);
        let mut flows = Flows { low: f64::INFINITY, high: None, weakest: None, unknown: Vec::new() };
        // The least of the known links: an unknown one lowers what is sure without being the weakest.
        let mut least = f64::INFINITY;
        for stage in serial {
            flows.low = flows.low.min(stage.low);
            let Some(high) = stage.high else {
                flows.unknown.push(self.blamed(stage, &stages));
                continue;
            };
            if stage.low < least {
                least = stage.low;
                flows.weakest = Some(self.blamed(stage, &stages));
            }
            flows.high = Some(flows.high.map_or(high, |before| before.min(high)));
        }
        if stages.is_empty() {
            flows.low = 0.0;
            // Loose cylinders at the bed: nobody has measured what they give.
            let loose = self.of_kind(StoreKind::Cylinders).next().is_some();
            if loose || bedside.is_none() && !self.needs_power() {
                flows.unknown.push(LinkKind::Source);
            } else {
                flows.high = Some(0.0);
                flows.weakest = Some(LinkKind::Source);
            }
        }
        if let Some(beside) = &bedside {
            flows.low += beside.low;
            match beside.high {
                Some(high) => flows.high = flows.high.map(|before| before + high),
                None => {
                    flows.high = None;
                    if !flows.unknown.contains(&LinkKind::Source) {
                        flows.unknown.push(LinkKind::Source);
                    }
                }
            }
        }
        flows
    }

    /// Where liquid gives most of what the source gives, the vaporiser is what limits the source.
    fn blamed(&self, stage: &Stage, stages: &[Stage]) -> LinkKind {
        let vaporiser = stages.iter().find(|stage| stage.kind == LinkKind::Vaporiser);
        match vaporiser {
            Some(vaporiser) if stage.kind == LinkKind::Source => {
                let main = vaporiser.is_unknown() || vaporiser.low * 2.0 >= stage.low;
                if main { LinkKind::Vaporiser } else { LinkKind::Source }
            }
            _ => stage.kind,
        }
    }

    fn need(&self) -> Option<Need> {
        let taken = self.facts.census?;
        let need = taken.census.need(self.settings);
        let litres = |rate| l_per_min(rate, ReferenceTemperature::Celsius21);
        Some(Need { low: litres(need.low), mid: litres(need.mid), high: litres(need.high), at: taken.at })
    }
}
