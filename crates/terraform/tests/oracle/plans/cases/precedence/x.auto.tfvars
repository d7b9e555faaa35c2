c = "x-auto"
d = "x-auto"
