letters = Văn bản đến
