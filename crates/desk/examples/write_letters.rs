//! Every example record of `docs/formats/letter-record` as a paper, in both forms.
//!
//! `cargo run -p desk --example write_letters [FOLDER]` keeps the files in a folder; without one they are written and
//! counted, nothing more.

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use desk::letters_out::file;
use document::official::{write_docx, write_pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats/letter-record");
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let mut records: Vec<PathBuf> =
        std::fs::read_dir(examples)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    records.sort();
    let mut out = std::io::stdout().lock();
    for record in &records {
        let document = file::read(&std::fs::read(record)?)?;
        let (docx, pdf) = (write_docx(&document)?, write_pdf(&document)?);
        let name = record.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(out, "{name}: {} KB .docx, {} KB .pdf", docx.len() / 1_024, pdf.len() / 1_024)?;
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.docx")), docx)?;
            std::fs::write(folder.join(format!("{name}.pdf")), pdf)?;
        }
    }
    if records.is_empty() { Err("no example was found".into()) } else { Ok(()) }
}
