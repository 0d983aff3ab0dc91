//! The folder of a set: which file is what, opened, unpacked, read.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use desk::Failure;
use flate2::read::MultiGzDecoder;
use forecast::set::{Days, Limits, Reading, Remark, Set, SetProblem};

use crate::exit::Ending;

/// A file of a set.
struct Part {
    /// The name without ending.
    name: String,
    path: PathBuf,
}

impl Part {
    fn file(&self) -> String {
        self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    /// Its text, unpacked on the way.
    fn open(&self) -> Result<Box<dyn Read>, Ending> {
        let file = File::open(&self.path).map_err(|error| Ending::File(self.file(), error))?;
        let file = BufReader::new(file);
        Ok(if packed(&self.path) { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
    }
}

/// Whether the name says that the bytes are packed.
pub fn packed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}

/// The name of a table without its ending; none for another file.
pub fn bare(name: &str) -> Option<&str> {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.strip_suffix(".csv").filter(|name| !name.is_empty() && !name.starts_with('.'))
}

fn refused(problem: SetProblem) -> Ending {
    Ending::Failed(Failure::refused(problem))
}

/// The tables of a folder by name; one name twice is refused.
fn parts(folder: &str) -> Result<Vec<Part>, Ending> {
    let failed = |error| Ending::File(folder.to_owned(), error);
    let mut parts = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if let (Some(name), true) = (bare(&name), path.is_file()) {
            parts.push(Part { name: name.to_owned(), path: path.clone() });
        }
    }
    parts.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    match parts.windows(2).find(|two| two[0].name == two[1].name) {
        Some(two) => Err(refused(SetProblem::TwoFiles { first: two[0].file(), second: two[1].file() })),
        None => Ok(parts),
    }
}

/// Reads the set of a folder, telling the name of each file before it is read; `never` must be none of the files that
/// every set has.
pub fn read(folder: &str, days: Days, never: Option<&Path>, told: impl Fn(&str)) -> Result<(Set, Vec<Remark>), Ending> {
    let mut parts = parts(folder)?;
    let mut take = |name: &'static str| {
        let found = parts.iter().position(|part| part.name == name).map(|number| parts.remove(number));
        found.ok_or_else(|| refused(SetProblem::NoFile { name }))
    };
    let (truth, vintages) = (take("truth")?, take("vintages")?);
    let (mut baselines, models): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| part.name.ends_with("-baseline"));
    let baseline = baselines.pop().ok_or_else(|| refused(SetProblem::NoBaseline))?;
    if let Some(other) = baselines.pop() {
        return Err(refused(SetProblem::TwoBaselines { first: other.file(), second: baseline.file() }));
    }
    let real = |path: &Path| path.canonicalize().ok();
    if let Some(never) = never.and_then(real)
        && [&truth, &vintages, &baseline].into_iter().any(|part| real(&part.path).as_ref() == Some(&never))
    {
        return Err(Ending::Argument("cli-forecast-own-file", never.display().to_string()));
    }
    told(&baseline.file());
    let mut reading =
        Reading::baseline(&baseline.file(), &baseline.name, baseline.open()?, days, Limits::SET).map_err(refused)?;
    told(&vintages.file());
    let known = reading.vintages(&vintages.file(), vintages.open()?).map_err(refused)?;
    told(&truth.file());
    let final_counts = reading.truth(&truth.file(), truth.open()?).map_err(refused)?;
    let mut read = Vec::new();
    for part in &models {
        told(&part.file());
        read.push(reading.model(&part.file(), &part.name, part.open()?).map_err(refused)?);
    }
    reading.done(known, final_counts, read).map_err(refused)
}
