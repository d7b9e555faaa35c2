variable "v" {
  default = { a = { b = 1 } }
}

locals {
  l = [1, 2]
}

resource "terraform_data" "a" {
  for_each = toset(["x", "y"])
  input    = "s"
}

resource "terraform_data" "b" {
  for_each = terraform_data.a
  input    = each.value.output
}

resource "terraform_data" "c" {
  count = 2
  input = {
    x = terraform_data.a["x"].output
    y = local.l[0]
    z = var.v.a.b
    w = "k-${terraform_data.a["y"].id}"
    i = count.index
  }
}

resource "terraform_data" "d" {
  input = jsonencode({ a = [1.5, "\"é\""] })
}

resource "terraform_data" "e" {
  input = { a = ["$${x}", true], b = null, c = {}, d = [] }
}

resource "terraform_data" "f" {
  input            = [for k, r in terraform_data.a : r.output if k != var.v.a.b]
  triggers_replace = [terraform_data.c[0].id, "known"]
}
