# One block, many instances: one finding.
module "one" {
  source   = "./module"
  for_each = toset(["a", "b", "c"])
}

module "two" {
  source = "./module"
}

variable "clusters" {}

resource "aws_rds_cluster" "later" { # finding database-not-encrypted
  for_each = var.clusters
}
