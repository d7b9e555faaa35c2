undeclared = ["nobody", { asks = null }]
stores = {
  orders = { encrypted = "true", size = "20" }
  visits = {
    encrypted = "false" # finding database-not-encrypted: "false"
  }
}
