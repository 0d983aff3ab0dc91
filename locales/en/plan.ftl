# Delivery plans: the command line.
cli-plan = Delivery plans: make one, check one; classical inventory routing
cli-plan-check = Whether a plan keeps every rule, by other code than the code that makes plans
cli-argument-problem = File of the problem (docs/formats/plan.md)
cli-argument-plan = File of the plan (docs/formats/plan.md)
plan-file = File { $name }:
plan-check-kept = The plan keeps every rule: { $trips } trips, { $stops } stops.
plan-check-told = { $count } things to know about the problem:
plan-check-refused = Not checked yet: { $count } places of the problem must be mended first.
plan-check-faults = The plan breaks rules in { $count } places:
plan-check-more = … and { $count } more; --format json gives all.
# The command of plans (bontaicho plan)
cli-plan-irp = Solve classical inventory routing (a .dat file of the 12th DIMACS challenge)
cli-plan-irp-done = Total cost { $total } · seed { $seed } · { $iterations } iterations · { $seconds } s. Checked anew against every rule.
cli-option-seconds = How many seconds to search
cli-option-seed = Seed of the random figures; the same seed and the same iterations give the same plan
cli-option-iterations = Stop after so many iterations, if the time is not over before
cli-option-threads = Threads that search side by side; each does all iterations
cli-plan-seconds = { $argument } is no number of seconds that can be used; for example 60
cli-plan-threads = { $argument } is no number of threads that can be used; choose from 1 to 64
cli-plan-solve = Make a delivery plan from a file, then have it checked by other code
plan-solve-done = { $trips } trips, { $stops } stops; cost { $cost } (weighted patient-days) · seed { $seed } · { $iterations } tries.
