# Trips.
