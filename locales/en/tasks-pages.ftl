# A list of tasks of many pages: how many of how many are shown, the next page.
tasks-next = Show the next tasks
tasks-shown = { $count } of { $all } tasks are shown.
tasks-newest-first = { $count } tasks have the words; those given out last come first. Add a word or choose a body to see the most pressing first.
tasks-found-many = { $count } tasks found.
task-digest-cut = The figures above are complete; each list below shows the most pressing tasks only, the list of tasks shows all.
