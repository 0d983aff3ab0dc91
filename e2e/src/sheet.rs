//! A downloaded sheet, opened by LibreOffice as an office would and read cell by cell.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Trouble, installed};

/// Comma, quote, UTF-8, from row 1; cells as they are shown, not as they are stored.
const AS_SHOWN: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";

/// LibreOffice starts slowly, and slower beside a test suite.
const LIMIT: Duration = Duration::from_secs(180);

/// The rows of the first sheet, each cell as it is shown on screen.
pub fn rows(path: &Path) -> Result<Vec<Vec<String>>, Trouble> {
    let program = installed(&["soffice", "libreoffice"]).ok_or(Trouble::Missing("libreoffice-calc"))?;
    let trouble = |cause: String| Trouble::program("LibreOffice", cause);
    let folder = tempfile::tempdir().map_err(|cause| trouble(cause.to_string()))?;
    let mut child = Command::new(program)
        // A profile of its own: two LibreOffice with one profile wait for each other.
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()))
        .args(["--headless", "--norestore", "--convert-to", AS_SHOWN, "--outdir"])
        .arg(folder.path())
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|cause| trouble(cause.to_string()))?;
    let begun = Instant::now();
    while child.try_wait().map_err(|cause| trouble(cause.to_string()))?.is_none() {
        if begun.elapsed() > LIMIT {
            // The time limit is the trouble that is told.
            let _ = child.kill();
            let _ = child.wait();
            return Err(trouble(format!("did not finish in {} s", LIMIT.as_secs())));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let name = path.with_extension("csv");
    let text = folder.path().join(name.file_name().unwrap_or_default());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(&text)
        .map_err(|cause| trouble(format!("could not open {}: {cause}", path.display())))?;
    let rows: Result<Vec<_>, _> =
        reader.records().map(|row| row.map(|row| row.iter().map(str::to_owned).collect())).collect();
    rows.map_err(|cause| Trouble::file(&text, cause))
}
