# Names of the norms behind the range of hours left.
norm-day-wave = difference of day and night
norm-hour = difference from hour to hour
norm-swing = swings that come back
norm-turnover-per-day = patients in and out a day
norm-reading-error = error of one reading, in steps of the gauge
norm-length = length of a swing
