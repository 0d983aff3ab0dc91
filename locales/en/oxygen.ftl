# Facilities running out of oxygen.
running-out = Running out of oxygen
sentence-running-out = { $count ->
    [one] { $count } facility may run out of oxygen before { $before }
   *[other] { $count } facilities may run out of oxygen before { $before }
}
sentence-out = { $count ->
    [one] { $count } facility has no oxygen left
   *[other] { $count } facilities have no oxygen left
}
sentence-out-and-running = { $out } without oxygen now, { $count } may run out before { $before }
sentence-calm = No facility runs out of oxygen before { $before }
sentence-silent = No facility has been heard from this shift
number-hours = left, worst facility
number-flow = peak of deliverable flow
number-heard = heard this shift
number-arriving = certain to arrive
number-without = people without oxygen
note-heard = { $share } of patients on oxygen
note-before-need = loaded, plate known
note-asked = { $asked } of { $all } facilities asked
note-flow-tested = flow tested { $date }
aside-silent = { $count ->
    [one] { $count } facility has not reported this shift
   *[other] { $count } facilities have not reported this shift
}
aside-conflicts = { $count ->
    [one] { $count } contradicting report waits to be looked at
   *[other] { $count } contradicting reports wait to be looked at
}
empty-no-facility = There is no facility yet.
    .next = Import the list of facilities on the server: bontaicho import facilities FILE.
    .link = How to import the list
empty-no-match = No facility matches.
    .next = Try fewer letters; with or without accents.
    .link = Show all facilities
empty-no-reading = There is no figure yet.
    .next = Record the first report of a facility.
    .link = Record a report
search-facility = Find facility, commune
search-clear = Clear
download-sheet = Day sheet .xlsx
report-this-shift = Report this shift
stale = The figures have stood still for { $age }, since { $since }.
stale-next = Call the worst facilities and ask.
board-worst = The worst three
board-rest = { $count ->
    [one] { $count } more facility
   *[other] { $count } more facilities
}
board-shown = Showing { $shown } of { $total } facilities, worst first.
board-all = { $count ->
    [one] All { $count } facility
   *[other] All { $count } facilities
}
board-count = { $count ->
    [one] { $count } facility.
   *[other] { $count } facilities, worst first.
}
board-matching = Matching “{ $query }”.
column-facility = Facility
column-left = Left
column-strip = Next 24 hours
column-usable = Usable stock
column-hourly = Per hour
column-on-road = On the road
column-heard = Heard
column-next = Next step
each-hour = per hour
nothing-on-road = trucks unknown
not-loaded = not loaded
loaded = loaded
heard = heard { $age } ago · { $source }
enter-for = Enter for them
call = Call
call-who = Call { $who }
left-out = none left
left-verb = has
tone-danger = runs out before the truck
tone-attention = somebody must look
tone-old = old or simulated
keys = ↑ ↓ choose, Enter opens, / searches
source-gauge = tank gauge
source-form = form
source-phone = phone
source-message = message
source-file = spreadsheet
source-sensor = sensor
source-simulation = simulated
zalo-facility = { $name } ({ $area }): { $left }. Stock { $usable }, { $hourly } an hour. Figures of { $at }.
zalo-list = Oxygen at { $at }: { $sentence }.
# Nothing known runs out, and of some nothing is known.
sentence-calm-unknown = No facility is seen to run out before { $before }; { $count } unknown
number-heard-due = heard in time
note-not-tracked = trucks not tracked yet
note-nobody-asked = nobody has asked
aside-late = { $count ->
    [one] { $count } facility is overdue
   *[other] { $count } facilities are overdue
}
standing-danger = may run out before supply comes
standing-unrated = rate of use unknown
standing-watch = to be watched
standing-idle = not used yet
silent-since = not heard since { $time }
never-heard = never heard
overdue = overdue
source-gauge-dewar = dewar gauge
source-count = counted cylinders
source-machine = oxygen plant
source-photo = gauge photo
left-range = { $low } – { $high } left
left-one = { $low } left
left-unknown = time left unknown
unit-facilities = facilities
# The norms in force.
column-source = Source
norms = Norms in force
norms-sentence = { $count } norms in force, { $doubtful } unconfirmed
norms-sentence-sure = { $count } norms in force, all with a source
norms-on = On { $day }.
norms-means = Hours left, alarms and the rhythm of reports are computed with these figures. “Unconfirmed”: the original document could not be read.
norms-used-fold = Norms used here
norms-used = Computed with the norms: { $versions }.
norms-unconfirmed = Unconfirmed: { $versions }.
norms-all-confirmed = All of them have a source.
norm-version = { $id }, version { $number }
norm-valid-from = in force from { $from }
norm-valid-until = in force { $from } – { $to }
norm-source = source: { $source }
norm-beside = Standing beside it for comparison, not used for the hours left:
norm-own = the province's own: { $id }, { $days }
unconfirmed = unconfirmed
has-source = has a source
column-norm = For
column-value = Value
column-range = Range
column-confirmed = Confirmed
norm-yes = yes
norm-no = no
norm-unit-l-per-min = L/min
norm-unit-share = %
norm-unit-share-a-day = % a day
norm-unit-hours = hours
norm-unit-days = days
norm-unit-bar = bar
norm-unit-celsius = °C
norm-tank = tank of liquid
norm-dewar = portable vessel of liquid
norm-days-of-cover = days of cover
norm-boil-off-per-day = boil-off
norm-leakage = leakage
norm-piping = left in the piping
norm-unexplained = unexplained
norm-residual = left in each cylinder
norm-content = a part-used cylinder
norm-danger = red alarm
norm-watch = to be watched
norm-routine = routine
norm-routine-cylinders-only = routine, cylinders only
norm-heightened = raised
norm-emergency = emergency
norm-emergency-low = emergency, running low
norm-above-capacity = above capacity
norm-balance-gap = gap in the balance
norm-gauge-step = one mark of the gauge
norm-cross-check-gap = gap between gauge and patients
norm-at-most = one patient, at most
norm-gas-volume = volume of gas
norm-gas-temperature = assumed when not said

# People waiting for a bed or oxygen.
waiting = People waiting
waiting-sentence = { $people } people wait for a bed or oxygen; { $asked } facilities were asked, { $silent } were not.
waiting-nobody-asked = No facility was asked yet whether people wait for a bed or oxygen.
waiting-about = The newer of the facility's report and what was said on the telephone. «Not asked» is no zero.
waiting-all = Waiting
waiting-for-bed = For a bed
waiting-for-oxygen = For oxygen
waiting-said-by = Who said so
waiting-by-report = by report
waiting-desk = Called the desk itself
waiting-note = Note a call
waiting-where = Where they wait
waiting-save = Save
waiting-empty-hint = Empty when it was not asked; 0 when nobody waits.
waiting-means = Only who waits, no reading of oxygen. What was noted before is kept.
done-waiting-noted = Noted who waits.
action-count-waiting = note who waits
