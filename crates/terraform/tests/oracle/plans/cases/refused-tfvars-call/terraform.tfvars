a = [upper("x")]
