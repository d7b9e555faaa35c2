# https://github.com/aquasecurity/trivy/issues/11168
resource "azurerm_postgresql_flexible_server" "orders" {
  name    = "orders"
  version = "16"
}

resource "azurerm_postgresql_flexible_server_configuration" "orders" { # pass postgresql-without-throttling
  server_id = azurerm_postgresql_flexible_server.orders.id
  name      = "connection_throttle.enable"
  value     = "on"
}

resource "azurerm_postgresql_server" "visits" {
  name                             = "visits"
  ssl_minimal_tls_version_enforced = "TLS1_0" # finding database-accepts-old-tls: "TLS1_0"
}
