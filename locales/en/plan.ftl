# Delivery plans: the command line.
cli-plan = Delivery plans: check
cli-plan-check = Whether a plan keeps every rule, by other code than the code that makes plans
cli-argument-problem = File of the problem (docs/formats/plan.md)
cli-argument-plan = File of the plan (docs/formats/plan.md)
plan-file = File { $name }:
plan-check-kept = The plan keeps every rule: { $trips } trips, { $stops } stops.
plan-check-told = { $count } things to know about the problem:
plan-check-refused = Not checked yet: { $count } places of the problem must be mended first.
plan-check-faults = The plan breaks rules in { $count } places:
plan-check-more = … and { $count } more; --format json gives all.
