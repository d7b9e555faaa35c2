name   = "from-a"
labels = { a = "A", z = 5 }
