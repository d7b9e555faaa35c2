networks = ["0.0.0.0/0"] # finding remote-login-open-to-internet
