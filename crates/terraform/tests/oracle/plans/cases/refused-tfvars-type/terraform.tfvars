ports = ["http"]
