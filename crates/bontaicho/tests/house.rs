//! The rules of the house: who may import whom, licences, duplicates, unused dependencies, long
//! files, paths of one machine. The rules and their exceptions stand in `house.toml`.
//!
//! Offline: everything is read from `cargo metadata` and the tracked files.

#[path = "house/licence.rs"]
mod licence;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde::Deserialize;

/// Reason by name.
type Exceptions = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    floors: Vec<BTreeSet<String>>,
    outside: BTreeSet<String>,
    licences: BTreeSet<String>,
    longest_file: usize,
    licence_read: Exceptions,
    duplicates: Exceptions,
    unused: Exceptions,
    long_files: Exceptions,
    machine_paths: Exceptions,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<String>,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    rename: Option<String>,
    kind: Option<String>,
    path: Option<PathBuf>,
}

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("house.toml")).expect("house.toml follows the shape of Rules"));

static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
    // Only this platform: others need crates that were never downloaded, and this test is offline.
    let host = run(Command::new(option_env!("RUSTC").unwrap_or("rustc")).arg("-vV"));
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = run(Command::new(cargo).current_dir(root()).args([
        "metadata",
        "--offline",
        "--format-version=1",
        "--filter-platform",
        &host,
    ]));
    serde_json::from_str(&told).expect("cargo metadata is JSON of its first format")
});

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn members() -> impl Iterator<Item = &'static Package> {
    METADATA.packages.iter().filter(|package| METADATA.workspace_members.contains(&package.id))
}

/// Tracked files and those about to be, relative to the root.
fn tracked() -> Vec<String> {
    let listed = run(Command::new("git").current_dir(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]));
    // A file removed but not yet committed is listed and no longer there.
    listed.split('\0').filter(|path| root().join(path).is_file()).map(str::to_owned).collect()
}

/// Fails with all faults at once, and with every exception that nothing needs any more.
fn judge(rule: &str, faults: Vec<(String, String)>, exceptions: &Exceptions) {
    let faulty: BTreeSet<&str> = faults.iter().map(|(name, _)| name.as_str()).collect();
    let stale = exceptions.keys().filter(|name| !faulty.contains(name.as_str()));
    let stale = stale.map(|name| format!("{name}: no longer needs its exception; remove it from house.toml"));
    let bare = exceptions.iter().filter(|(_, reason)| reason.trim().is_empty());
    let bare = bare.map(|(name, _)| format!("{name}: an exception needs its reason in house.toml"));
    let open = faults.iter().filter(|(name, _)| !exceptions.contains_key(name)).map(|(_, words)| words.clone());
    let all: Vec<String> = open.chain(stale).chain(bare).collect();
    assert!(all.is_empty(), "{rule}\n  {}\n", all.join("\n  "));
}

fn floor_of(name: &str) -> Option<usize> {
    RULES.floors.iter().position(|floor| floor.contains(name))
}

#[test]
fn a_crate_imports_only_floors_below_its_own() {
    let ours: BTreeSet<&str> = members().map(|package| package.name.as_str()).collect();
    let mut faults = Vec::new();
    for package in members() {
        let name = package.name.as_str();
        let (floor, outside) = (floor_of(name), RULES.outside.contains(name));
        if floor.is_none() && !outside {
            faults.push(format!("{name} has no floor: add it to `floors` in house.toml"));
        }
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let wanted = dependency.name.as_str();
            let allowed = match (floor, floor_of(wanted)) {
                (Some(own), Some(below)) => below < own,
                (None, None) => RULES.outside.contains(wanted),
                _ => false,
            };
            if !allowed && ours.contains(wanted) {
                let kind = dependency.kind.as_deref().unwrap_or("normal");
                faults.push(format!(
                    "{name} imports {wanted} ({kind} dependency), which is not below it: move the shared part to a \
                     lower floor, or pass it in as an argument"
                ));
            }
        }
    }
    judge("Allowed imports between crates:", faults.into_iter().map(|f| (f.clone(), f)).collect(), &Exceptions::new());
}

#[test]
fn every_licence_is_on_the_list() {
    let mut faults = Vec::new();
    for package in &METADATA.packages {
        let licence = package.license.as_deref();
        if !licence.is_some_and(|licence| licence::is_allowed(licence, &RULES.licences)) {
            let told = licence.or(package.license_file.as_deref()).unwrap_or("nothing");
            faults.push((
                package.name.clone(),
                format!(
                    "{} {} says {told}: choose another crate, or read its licence and enter it under [licence_read]",
                    package.name, package.version
                ),
            ));
        }
    }
    judge("Licences:", faults, &RULES.licence_read);
}

/// What semver calls compatible: `1`, `0.8`, `0.0.3`.
fn compatible_series(version: &str) -> String {
    let numbers: Vec<&str> = version.split(['-', '+']).next().unwrap_or(version).split('.').collect();
    let leading = numbers.iter().take_while(|number| **number == "0").count();
    numbers[..numbers.len().min(leading + 1)].join(".")
}

#[test]
fn no_crate_comes_in_two_incompatible_versions() {
    assert_eq!(["1.2.3", "0.8.9", "0.0.3", "2.0.0-dev.2"].map(compatible_series), ["1", "0.8", "0.0.3", "2"]);
    let mut series: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in &METADATA.packages {
        series.entry(&package.name).or_default().insert(compatible_series(&package.version));
    }
    let twice = series.into_iter().filter(|(_, versions)| versions.len() > 1);
    let faults = twice.map(|(name, versions)| {
        let versions = versions.into_iter().collect::<Vec<_>>().join(" and ");
        let advice = "see `cargo tree -d`; update who needs the old one, or enter the reason under [duplicates]";
        (name.to_owned(), format!("{name} is built as {versions}: {advice}"))
    });
    judge("Duplicates:", faults.collect(), &RULES.duplicates);
}

/// Whether a word stands in a text by itself and not as a part of another.
fn names(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(start, _)| {
        !text[..start].chars().next_back().is_some_and(part)
            && !text[start + word.len()..].chars().next().is_some_and(part)
    })
}

#[test]
fn every_dependency_is_used() {
    let files = tracked();
    let mut faults = Vec::new();
    let mut taken = BTreeSet::new();
    for package in members() {
        let folder = package.manifest_path.parent().expect("a manifest lies in a folder");
        let folder = folder.strip_prefix(root().canonicalize().expect("the root is there")).expect("a member");
        let folder = format!("{}/", folder.display());
        let sources = files.iter().filter(|path| path.starts_with(&folder) && path.ends_with(".rs"));
        let source: String = sources.map(|path| read(path)).collect();
        for dependency in &package.dependencies {
            taken.insert(dependency.name.as_str());
            let word = dependency.rename.as_ref().unwrap_or(&dependency.name).replace('-', "_");
            if !names(&source, &word) {
                let name = format!("{} -> {}", package.name, dependency.name);
                let words = format!("{name}: no source names {word}; remove it from {folder}Cargo.toml");
                faults.push((name, words));
            }
        }
    }
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).expect("the root manifest is TOML");
    let shared = manifest["workspace"]["dependencies"].as_table().expect("workspace.dependencies is a table");
    for (key, how) in shared {
        let name = how.get("package").and_then(toml::Value::as_str).unwrap_or(key);
        if !taken.contains(name) {
            faults.push((
                format!("workspace -> {name}"),
                format!("workspace -> {name}: no member takes it; remove it from the root Cargo.toml"),
            ));
        }
    }
    judge("Unused dependencies:", faults, &RULES.unused);
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn no_source_file_is_too_long() {
    let sources = tracked().into_iter().filter(|path| path.ends_with(".rs"));
    let lengths = sources.map(|path| (read(&path).lines().count(), path));
    let long = lengths.filter(|(lines, _)| *lines > RULES.longest_file);
    let faults = long.map(|(lines, path)| {
        let limit = RULES.longest_file;
        let words = format!(
            "{path} has {lines} lines, at most {limit}: split it by what it does, or enter why it is one piece"
        );
        (path, words)
    });
    judge("Long files:", faults.collect(), &RULES.long_files);
}

/// Folders of single machines. Put together here, so that this file does not name them.
fn private_folders() -> [String; 5] {
    ["root", "home", "work", "farm", "Users"].map(|folder| format!("/{folder}/"))
}

/// Where a line names such a folder at the beginning of a path.
fn private_folder_in(line: &str) -> Option<String> {
    private_folders().into_iter().find(|folder| {
        line.match_indices(folder.as_str()).any(|(start, _)| {
            // `../root/` and `https://example.org/home/` go on from something; a path begins.
            !line[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "._-~/})".contains(c))
        })
    })
}

#[test]
fn no_tracked_text_names_a_path_of_one_machine() {
    let [root_folder, home, ..] = private_folders();
    assert_eq!(private_folder_in(&format!("see {home}an/notes")), Some(home));
    assert_eq!(private_folder_in(&format!("crates{root_folder}x")), None);
    let mut faults = Vec::new();
    for path in tracked() {
        // Pictures and fonts are no text.
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            if let Some(folder) = private_folder_in(line) {
                let place = number + 1;
                let words =
                    format!("{path}:{place} names {folder}…: take the path as an argument or from the environment");
                faults.push((path.clone(), words));
            }
        }
    }
    judge("Paths of one machine:", faults, &RULES.machine_paths);
}
