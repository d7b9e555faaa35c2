encrypted = true
networks  = ["198.51.100.0/24"]
