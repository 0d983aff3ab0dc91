//! `serve`: pages, API and jobs over a database, until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::serve::ListenerExt;
use clap::ArgMatches;
use desk::{Failure, Office, jobs, machine_clock};
use locale::Locale;
use store::{Store, account};
use web::App;

use super::public_address;
use super::tls::Tls;
use crate::exit::{Ended, Ending, print, say};
use crate::{cli, house};

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let readers = matches.get_one::<usize>("readers").copied().unwrap_or(4);
    let store = Store::open(&house::database(matches)?, readers)?;
    let office = Office::open(store, machine_clock())?;
    house::use_gateways(&office)?;
    house::carry_over(&office, locale)?;
    let mut app = App::new(office.clone());
    app.behind_proxy = matches.get_flag("behind-proxy");
    let tls = match (cli::text(matches, "tls-cert"), cli::text(matches, "tls-key")) {
        (Some(certificate), Some(key)) => Some(Tls::from_files(certificate, key)?),
        _ => None,
    };
    app.secure_cookies = app.behind_proxy || tls.is_some();
    if let Some(address) = cli::text(matches, "public-url") {
        app.public_address = Some(Arc::from(keep_address(&office, address, locale)?));
    }
    if office.look_blocking(|_, connection| Ok(account::is_empty(connection)?))? {
        let code = desk::random::secret()[..8].to_owned();
        say(&locale::say(locale, "cli-setup-code", &[("code", code.clone().into())]));
        app.setup_code = Some(Arc::from(code));
    }
    listen(app, cli::text(matches, "listen").unwrap_or_default(), tls, locale)
}

/// Keeps where people find this installation: codes on the wall say it, and `doctor` looks at it.
fn keep_address(office: &Office, address: &str, locale: Locale) -> Result<String, Ending> {
    let usable = public_address::usable(address);
    let address = usable.ok_or_else(|| Ending::Argument("cli-bad-public-url", address.to_owned()))?.to_owned();
    if !public_address::works_offline(&address) {
        say(&locale::say(locale, "cli-doctor-no-https", &[("address", address.as_str().into())]));
    }
    let kept = address.clone();
    office.store().write_blocking::<_, Failure, _>(move |transaction| {
        Ok(store::register::set_setting(transaction, public_address::SETTING, &kept)?)
    })?;
    Ok(address)
}

/// Serves until Ctrl-C or SIGTERM, with the jobs beside.
pub fn listen(app: App, address: &str, tls: Option<Tls>, locale: Locale) -> Ended {
    let address: SocketAddr = address.parse().map_err(|_| Ending::Argument("cli-bad-address", address.to_owned()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Readers wait in these threads; more of them than connections would only queue twice.
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(|error| Ending::File("runtime".into(), error))?;
    let stop = Arc::new(AtomicBool::new(false));
    let worker = start_jobs(&app.office, &stop)?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        let bound = listener.local_addr()?;
        let (scheme, words) = if tls.is_some() { ("https", "cli-listening-https") } else { ("http", "cli-listening") };
        say(&locale::say(locale, words, &[("address", bound.to_string().into())]));
        print(&format!("listening on {scheme}://{bound}"));
        if !bound.ip().is_loopback() && !app.behind_proxy && tls.is_none() {
            say(&locale::say(locale, "cli-needs-https", &[]));
        }
        let service = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
        match tls {
            // Tapped for nothing but the address of the caller, which only such a listener hands on.
            Some(tls) => {
                let listener = tls.listen(listener)?.tap_io(|_| {});
                axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await
            }
            None => axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await,
        }
    });
    stop.store(true, Ordering::Relaxed);
    // A worker that panicked has said so in the log; there is nothing to save.
    let _ = worker.join();
    served.map_err(|error| Ending::File(address.to_string(), error))
}

fn start_jobs(office: &Office, stop: &Arc<AtomicBool>) -> Result<std::thread::JoinHandle<()>, Ending> {
    jobs::plan(office)?;
    let (office, stop) = (office.clone(), Arc::clone(stop));
    std::thread::Builder::new()
        .name("jobs".into())
        .spawn(move || jobs::run(&office, &stop))
        .map_err(|error| Ending::File("jobs".into(), error))
}

/// Ends on Ctrl-C, and on SIGTERM as a service manager sends it.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
