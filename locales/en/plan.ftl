# The command of plans (bontaicho plan)
cli-plan = Plans of delivery
cli-plan-irp = Solve classical inventory routing (a .dat file of the 12th DIMACS challenge)
cli-plan-irp-done = Total cost { $total } · seed { $seed } · { $iterations } iterations · { $seconds } s. Checked anew against every rule.
cli-option-seconds = How many seconds to search
cli-option-seed = Seed of the random figures; the same seed and the same iterations give the same plan
cli-option-iterations = Stop after so many iterations, if the time is not over before
cli-option-threads = Threads that search side by side; each does all iterations
cli-plan-seconds = { $argument } is no number of seconds that can be used; for example 60
cli-plan-threads = { $argument } is no number of threads that can be used; choose from 1 to 64
