use simulate::provinces::*;
use simulate::provinces::rule::{First, tuned};
use oxygen::dispatch::*;
fn main() {
    let a: Vec<usize> = std::env::args().skip(1).map(|w| w.parse().unwrap()).collect();
    let n = a[0];
    let shape = Shape::of(a[1] as u64, n);
    let p = Province::draw(a[1] as u64 + n as u64, shape);
    let play = Play::default();
    let f = First::Cover;
    let mut c = |q: &Asked| tuned(f, shape.balance).plan(q);
    let s = p.play(0, &play, &mut c);
    let day = a[2];
    let mut hours = vec![0.0; p.vehicles()];
    let mut loads = vec![(0,0.0); p.vehicles()];
    let mut count=0;
    let mut c2 = |q: &Asked| { let pl = tuned(f, shape.balance).plan(q); count+=1; for t in &pl.trips { if t.leaves.0>=0 {hours[t.vehicle.index()] += (t.back - t.leaves).as_hours(); loads[t.vehicle.index()].0+=t.stops.len(); loads[t.vehicle.index()].1+=t.grams().as_kg();} } pl };
    let q = p.problem_on(day, 0, &play, &mut c2);
    println!("{shape:?}");
    for (i, site) in q.sites.iter().enumerate() {
        let need = q.paths[0].need[i][0].as_kg();
        println!("site {i} {:?} need {need:.0}kg plant {:.0} tank {:?} rack {:?} road {} own {:?}/{:?} land {} unl {} unmet {:.2}", site.class, q.paths[0].made.get(i).map_or(0.0, |m| m[0].as_kg()), site.tank.as_ref().map(|t| (t.stock.as_kg() as i64, t.holds.as_kg() as i64, t.smallest_lot.as_kg() as i64)), site.rack.as_ref().map(|r| (r.size.water_volume_ml/1000, r.full, r.empty, r.room)), site.road, site.tank.as_ref().and_then(|t| t.owner), site.rack.as_ref().and_then(|t| t.owner), q.places[site.place.index()].land, site.unloads.len(), s.days[i]);
    }
    for (i, so) in q.sources.iter().enumerate() {
        println!("source {i} {} liq {:?} cyl {:?} rel {:?} loads {} ", so.name, so.liquid.as_ref().map(|l| (l.stock.as_kg() as i64, l.made[0].as_kg() as i64)), so.cylinders.iter().map(|c| (c.size.water_volume_ml/1000, c.full, c.empty, c.fills)).collect::<Vec<_>>(), so.released, so.loads.len());
    }
    for (i, v) in q.vehicles.iter().enumerate() { println!("veh {i} {:?} road {} duty {} for {:?} boards {} out/day {:.1} stops/day {:.1} kg/day {:.0}", v.carries, v.road, v.duty.as_hours(), v.carries_for, v.boards, hours[i]/count as f64, loads[i].0 as f64/count as f64, loads[i].1/count as f64); }
    for c in &q.contracts { println!("contract {:?} sites {} left {} force {:?} lead {:?}", c.source, c.sites.len(), c.left.as_kg(), c.force, c.lead); }
    println!("purchase {:?}", q.aims.emergency_purchase);
}
