letters = Letters received
