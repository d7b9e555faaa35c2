a = "ignored"
