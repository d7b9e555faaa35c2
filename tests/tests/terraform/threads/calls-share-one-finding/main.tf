# https://github.com/aquasecurity/trivy/issues/4605
module "one" {
  source = "./store"
}

module "two" {
  source = "./store"
}

module "three" {
  source   = "./store"
  for_each = toset(["a", "b"])
}
