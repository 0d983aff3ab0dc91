//! Messages through a gateway that fails, hangs and answers twice; without a gateway nothing is called.
//! OX11, PR04.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::alarms::deliver::{TRIES, pause_after, send_all};
use desk::alarms::gateway::{Gateway, Gateways};
use desk::alarms::records::MessageState;
use desk::views::alarms as views;
use quantity::Span;

use crate::alarms::{Watched, tight};
use crate::common::{World, on_both_engines};

/// A gateway that answers each request by the next of its answers; the last one for ever.
struct FakeGateway {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl FakeGateway {
    fn answering(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let Ok(mut stream) = stream else { return };
                let answer = answers[number.min(answers.len() - 1)];
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || {
                    let mut bytes = [0; 8_192];
                    let read = stream.read(&mut bytes).unwrap_or(0);
                    kept.lock().unwrap().push(String::from_utf8_lossy(&bytes[..read]).into_owned());
                    if answer.is_empty() {
                        std::thread::sleep(Duration::from_secs(3));
                    }
                    let _ = stream.write_all(answer.as_bytes());
                });
            }
        });
        Self { address, heard }
    }

    fn gateways(&self) -> Gateways {
        let url = format!("http://{}/sms?to={{to}}&text={{text}}", self.address);
        let gateway = Gateway::new(&url, Some("Authorization: Bearer bi-mat"), None).unwrap();
        Gateways { sms: Some(gateway.waiting(Duration::from_millis(700))), email: None }
    }
}

const BROKEN: &str = "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n";
const TWICE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n";

fn alarmed(world: &World) {
    let (_, [duty, deputy, _]) = world.unit(None);
    world.program().does(world.shift(12, &duty, &deputy)).unwrap();
    tight(world, "BV Hải Âu", 300);
    world.watched();
}

#[test]
fn a_message_survives_a_gateway_that_fails_hangs_and_answers_twice() {
    on_both_engines(|world| {
        let gateway = FakeGateway::answering(&[BROKEN, "", TWICE]);
        world.office.use_gateways(gateway.gateways());
        alarmed(world);
        let state = |world: &World| {
            let message = world.messages()[0].content.clone();
            (message.state, message.attempts, message.last_error)
        };
        assert_eq!(send_all(&world.office).unwrap(), 1);
        assert_eq!(state(world), (MessageState::Waiting, 1, Some("http-500".to_owned())));
        assert_eq!(send_all(&world.office).unwrap(), 0, "not at once again");
        world.pass(pause_after(1));
        send_all(&world.office).unwrap();
        assert_eq!(state(world), (MessageState::Waiting, 2, Some("timeout".to_owned())));
        world.pass(pause_after(2));
        send_all(&world.office).unwrap();
        assert_eq!(state(world), (MessageState::Sent, 3, None));
        world.pass(Span::hours(1));
        assert_eq!(send_all(&world.office).unwrap(), 0, "sent once");
        let heard = gateway.heard.lock().unwrap();
        assert_eq!(heard.len(), 3);
        let key = |request: &str| {
            request.lines().find(|line| line.to_lowercase().starts_with("idempotency-key")).map(str::to_owned)
        };
        assert!(key(&heard[0]).is_some() && key(&heard[0]) == key(&heard[2]), "one key for all tries");
        assert!(heard[0].contains("to=0297%20000%200000"), "{}", heard[0]);
        drop(heard);
        world.assert_well();
    });
}

#[test]
fn a_message_is_given_up_after_its_tries_and_an_old_one_is_not_sent() {
    on_both_engines(|world| {
        let gateway = FakeGateway::answering(&[BROKEN]);
        world.office.use_gateways(gateway.gateways());
        alarmed(world);
        for tried in 1..=TRIES {
            send_all(&world.office).unwrap();
            world.pass(pause_after(tried));
        }
        assert_eq!(world.messages()[0].content.state, MessageState::Dead);
        let actor = world.desk().actor;
        let found = world.office.look_blocking(|office, connection| views::alarms(office, connection, &actor)).unwrap();
        assert_eq!(found.unsent.len(), 1, "it is shown where somebody looks");
        // The deputy's message lies too long: it is not sent in the middle of the next day.
        world.watched();
        world.pass(Span::hours(3));
        send_all(&world.office).unwrap();
        assert_eq!(world.messages()[1].content.state, MessageState::Expired);
        assert_eq!(gateway.heard.lock().unwrap().len(), TRIES as usize);
    });
}

#[test]
fn without_a_gateway_nothing_is_called_and_it_is_said() {
    on_both_engines(|world| {
        alarmed(world);
        send_all(&world.office).unwrap();
        let message = world.messages()[0].content.clone();
        assert_eq!((message.state, message.attempts), (MessageState::NoGateway, 0));
    });
}
