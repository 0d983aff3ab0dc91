# Looking back: the band above a page, the field for the moment, the history of one record.
past-band = As known at { $time } on { $date }
past-back = Back to now
past-means = What was reported or written down later is not here. This page is for reading only.
past-means-drill = The drill clock was moved: figures only leave out what happened later. This page is for reading only.
past-today = Names, areas and beds in the registry are today's.
past-look = Look back to…
past-choose = Day and hour
past-show = Show
