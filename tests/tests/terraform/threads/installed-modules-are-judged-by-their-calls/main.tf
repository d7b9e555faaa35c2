# https://github.com/aquasecurity/trivy/issues/4988
module "store" {
  source    = "example.org/shop/store/aws"
  version   = "1.0.0"
  encrypted = true
}
