# https://github.com/aquasecurity/trivy/issues/10926
module "queue" {
  source = "./queue"
}

module "store" {
  source    = "./store"
  encrypted = true
}

module "archive" {
  source = "./store"
}
