variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = sort(tolist(split("-", "Grüße")))
  l2 = !(startswith("Grüße", "p"))
  l3 = reverse(reverse(local.l1))
}

resource "terraform_data" "r4" {
  input = zipmap(["a", "d"], [var.password, var.password])
  triggers_replace = ["%{ if (local.l2 || var.enabled) }yes%{ else }no%{ endif }", 1]
}

resource "terraform_data" "r5" {
  input = lookup({ for k, v in {} : "${k}-x" => v if k != "b" }, "a", var.name)
}

locals {
  l6 = local.l3
  l7 = length(var.labels)
}

module "m8" {
  source = "./a"
  for_each = toset([{ v = var.options.first }, { v = (local.l2 ? "alpha" : var.options.first) }][*].v)
  name = one([upper(var.options.first)])
  size = length(one([each.key]))
  items = [{ v = "${var.options.first}-${local.l7}" }, { v = jsonencode({ name = each.key, size = local.l7 }) }][*].v
  labels = zipmap(["a", "d"], [tostring(length(local.l3)), "${"%{ if local.l2 }yes%{ else }no%{ endif }"}-${local.l7}"])
  password = terraform_data.r5.input
  options = { first = "f-${jsonencode({ name = "alpha", size = local.l7 })}", other = 1 }
}

module "m9" {
  source = "./a"
  name = replace("${var.name}-${var.size}", "a", "o")
  items = compact([jsonencode(tolist(toset([var.options.first, "set"]))), ""])
  password = jsonencode({ name = "%{ if (var.enabled || var.enabled) }yes%{ else }no%{ endif }", size = length(tolist(toset([var.name, "set"]))) })
}

resource "terraform_data" "r10" {
  for_each = toset(tolist(["alpha", element(concat(["z"], ["x", "y"]), 1)]))
  input = [each.value, trimspace(" ${try({ for k, m in module.m8 : k => m.o13 }["zz"], terraform_data.r5.id)} ")]
}

locals {
  l11 = (module.m9.o15 && false)
  l12 = { for i, x in var.items : "k${i}" => x }
  l13 = sum([local.l7, 1])
}

output "o14" {
  value = terraform_data.r5.id
}

output "o15" {
  value = length(local.l12)
}

output "o16" {
  value = false
}

output "o17" {
  value = (can({ for k, v in module.m9.o17 : "${k}-x" => v if k != "b" }.a) ? tolist(local.l6) : tolist([]))
}

output "o18" {
  value = tomap({ a = trimspace(" ${var.name} "), c = try((module.m9.o15 ? tomap(terraform_data.r4.input) : tomap({ e = var.options.first }))["zz"], lookup({ for k, r in terraform_data.r10 : k => r.id }, "a", module.m9.o13)) })
  sensitive = true
}

