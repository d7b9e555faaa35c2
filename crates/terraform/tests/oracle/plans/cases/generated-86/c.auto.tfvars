enabled = null
items = ["c", 1, true]
