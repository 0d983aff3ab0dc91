# Chuyến xe.
