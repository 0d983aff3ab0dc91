# Why something about a trip is not done. ĐN: request for oxygen; CH: trip.
TRP-001 = Trip { $number } is at another step: { $stage ->
        [planned] made, waiting to be accepted
        [told] accepted by supplier and driver
        [loaded] loaded
        [under_way] on the road
        [closed] closed
        *[called_off] called off
    }.
    .next = Reload the page to see where it stands.
TRP-002 = The trip has no vehicle.
    .next = Choose one from the list of vehicles, or add one.
TRP-003 = Vehicle { $plate } is out of service.
    .next = Choose another one, or take the mark off if it drives again.
TRP-004 = The oxygen of { $who } is not released for patients.
    .next = Choose another supplier, or enter its medical release.
TRP-005 = This facility is none of the province.
    .next = Choose a facility of the province; for others, ask that province to order.
TRP-006 = The trip has no stops.
    .next = Tick at least one approved request.
TRP-007 = The trip has { $stops } stops; { $most } at most.
    .next = Make two trips of it.
TRP-008 = The times do not fit the order of the stops.
    .next = The start comes before the first stop, no stop before the one ahead of it, the end after the last.
TRP-010 = Vehicle { $plate } is on trip { $trip }, from { $from } to { $to }.
    .next = Choose another vehicle or time, or add a stop to that trip.
TRP-011 = Vehicle { $plate } carries request { $order }, expected at { $at }.
    .next = Choose another vehicle, or a later time.
TRP-012 = { $who } can give { $has } on { $day }; { $asked } more is too much. Held by: { $holders }.
    .next = Call the supplier. If there is more, enter it under «What can be had»; else choose another source or less.
TRP-013 = { $who } had { $has } when it last reported; { $asked } is too much to lend. { $count ->
        [0] No trip holds any.
        *[other] Held by: { $holders }.
    }
    .next = Borrow less, or choose another facility.
TRP-014 = Contract { $who } has { $has } left; { $asked } is too much. { $count ->
        [0] No request holds the rest.
        *[other] Held by: { $holders }.
    }
    .next = Use another contract, give a legal basis for buying outside it, or order less.
TRP-015 = Request { $order } is on { $trip ->
        [0] this very trip, twice
        *[other] trip { $trip }
    } already.
    .next = Untick it, or move the stop from trip to trip.
TRP-016 = Request { $order } is of another supplier.
    .next = Make one trip a supplier.
TRP-017 = Vehicle { $plate } does not carry the kind of oxygen of request { $order }.
    .next = Liquid needs a tanker; cylinders need a truck for cylinders.
TRP-018 = Vehicle { $plate } takes { $most } cylinders; this trip has { $asked }.
    .next = Make two trips of it, or choose a larger vehicle.
TRP-019 = Request { $order } is lent oxygen and goes with its trip.
    .next = Load and deliver it on the page of the trip.
TRP-020 = { $received } received is more than is on the vehicle ({ $carried }).
    .next = Look at the weighbridge ticket. If it carried more, let the duty officer mend what was loaded.
TRP-021 = Stop { $stop } ended at { $at }.
    .next = Nothing needs to be sent again. A wrong figure is corrected on the page of the request.
TRP-022 = Two signatures are needed: who delivers and who receives.
    .next = Each signs on the screen, or says his code.
TRP-023 = The signature on the screen cannot be read.
    .next = Clear it and sign again.
TRP-024 = The receiver's code is another.
    .next = The receiver finds it on his facility's request, or signs on the screen.
TRP-025 = { $open } stops have no end yet.
    .next = Write down for each whether it was delivered, then close the trip.
TRP-026 = { $back } brought back is more than is on the vehicle ({ $carried }).
    .next = Look again at what is left in the tank.
TRP-030 = This link has expired.
    .next = Call the oxygen duty officer for a new one.
TRP-031 = This link was opened on { $devices } devices, first at { $at }.
    .next = A link is for whom it was sent to. Call the oxygen duty officer for one of your own.
TRP-032 = This link was replaced or shut.
    .next = Use the newest link, or call the oxygen duty officer.
TRP-033 = This link does not open on this device.
    .next = Open the message with the link again and press «Open on this device», or call the oxygen duty officer.
TRP-034 = Missing: { $what ->
        [starts_at] time of departure
        [source] where the oxygen comes from
        [eta] expected arrival
        [stop] stop
        [day] day
        [product] kind of oxygen
        *[why] reason
    }.
    .next = Fill it in and send again.
