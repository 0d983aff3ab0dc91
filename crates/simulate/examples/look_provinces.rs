use simulate::provinces::*;
use simulate::provinces::rule::{First, tuned};
fn main() {
    let a: Vec<usize> = std::env::args().skip(1).map(|w| w.parse().unwrap()).collect();
    for n in 0..a[0] {
        let t = std::time::Instant::now();
        let shape = Shape::of(a[1] as u64, n);
        let p = Province::draw(a[1] as u64 + n as u64, shape);
        let td = t.elapsed();
        let play = Play::default();
        let mut line = format!("{n} {}/{} n{} s{} v{} draw {td:.0?} |", shape.balance, shape.wave, shape.sites, shape.suppliers, p.vehicles());
        let t = std::time::Instant::now();
        let mut nothing = |_: &Asked| oxygen::dispatch::Plan::default();
        let s = p.play(0, &play, &mut nothing);
        line += &format!(" none {:.0}/{:.0} {:.1?}/dec {}", s.unmet, s.need, t.elapsed() / 14, s.balance.holds());
        for f in First::ALL {
            let t = std::time::Instant::now();
            let mut c = |q: &Asked| tuned(f, shape.balance).plan(q);
            let s = p.play(0, &play, &mut c);
            line += &format!(" | {} unmet {:.1} p95 {:.2} trips {} failed {} ref {:?} km {:.0} {:.1?}/dec {}", f.code(), s.unmet, compare::percentile(&s.days, 0.95), s.trips, s.failed, s.refused, s.kilometres, t.elapsed()/14, s.balance.holds());
        }
        println!("{line}");
    }
}
