variable "stage" {
  default = "test"
}

locals {
  earlier = local.settings.prod.encrypted
  settings = {
    prod = { encrypted = true }
    test = { encrypted = false } # finding database-not-encrypted: false
  }
}
