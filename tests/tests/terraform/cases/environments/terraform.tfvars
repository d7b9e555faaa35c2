zone = "a"
