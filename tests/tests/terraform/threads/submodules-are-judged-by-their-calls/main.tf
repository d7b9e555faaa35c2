# https://github.com/aquasecurity/trivy/issues/7113
module "cluster" {
  source = "./cluster"
}

module "nodes" {
  source    = "./cluster/modules/nodes"
  encrypted = "true"
}
