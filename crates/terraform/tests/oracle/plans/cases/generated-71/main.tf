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
  l1 = substr("${try({ for i, x in var.items : "k${i}" => x }["zz"], var.options.first)}-long", 0, 3)
}

resource "terraform_data" "r2" {
  for_each = toset(tolist(toset([local.l1, "set"])))
  input = { a = var.password }
  triggers_replace = [replace(var.name, "a", "o"), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = length(((var.enabled || false) ? tomap((var.enabled ? tomap(var.labels) : tomap({ e = var.name }))) : tomap({ e = var.options.first })))
  triggers_replace = [var.options.first, 1]
}

locals {
  l4 = tolist([var.name, "%{ for x in terraform_data.r3[*].id }<${x}>%{ endfor }"])
}

module "m5" {
  source = "./a"
  size = (var.enabled ? 2 : length(terraform_data.r3))
  enabled = replace("${local.l1}-${length(terraform_data.r3)}", "a", "o") != null
  items = [substr("${local.l1}-long", 0, 3)]
  labels = zipmap(["a", "d"], ["Grüße", var.options.first])
  password = trimspace(" ${"%{ for x in reverse(var.items) }<${x}>%{ endfor }"} ")
  options = { first = "f-${var.options.first}", other = 1 }
}

resource "terraform_data" "r6" {
  count = 3
  input = tomap({ a = module.m5.o15, c = var.password })
}

locals {
  l7 = "p-${module.m5.o15}"
  l8 = module.m5.o18
  l9 = tomap({ a = "${local.l1}-${module.m5.o16}", c = replace(local.l7, "a", "o") })
}

output "o10" {
  value = format("%s/%03d", trimspace(" ${((var.enabled ? { v = "Grüße" } : { v = var.name }).v)} "), length(terraform_data.r6))
}

output "o11" {
  value = 7 % 3 % 3 % 3
}

output "o12" {
  value = var.enabled
}

output "o13" {
  value = concat(["x", "y"], local.l8)
  sensitive = true
}

output "o14" {
  value = { for k, r in terraform_data.r2 : k => r.id }
}

