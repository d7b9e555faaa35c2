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
  l1 = var.size % 3
  l2 = [var.name, var.name]
  l3 = length(merge(var.labels, { b = var.name }))
  l4 = (var.enabled ? tomap((var.enabled ? tomap(var.labels) : tomap({ e = var.name }))) : tomap({ e = element(concat(["z"], local.l2), 1) }))
}

resource "terraform_data" "r5" {
  count = 1
  input = var.options.tags
}

resource "terraform_data" "r6" {
  count = 1
  input = [for x in local.l2 : "${x}-${"beta"}"]
  triggers_replace = [format("%s/%03d", "", local.l1), 1]
}

locals {
  l7 = reverse(concat(local.l2, terraform_data.r5[*].id))
  l8 = var.enabled
}

module "m9" {
  source = "./a"
  count = 3
  name = var.options.first
  size = 7
}

resource "terraform_data" "r10" {
  for_each = toset(distinct(tolist(var.items)))
  input = trimspace(" ${each.value} ")
  triggers_replace = [lookup(tomap({ a = "beta", c = "Grüße" }), "a", jsonencode(local.l2)), 1]
}

locals {
  l11 = ""
}

output "o12" {
  value = trimspace(" ${(true ? element(concat(["z"], local.l7), 1) : (local.l8 ? var.password : var.name))} ")
  sensitive = true
}

output "o13" {
  value = length({ for k, r in terraform_data.r10 : k => r.id })
}

output "o14" {
  value = ((var.enabled || local.l8) && length(local.l2) > 0)
}

output "o15" {
  value = split("-", var.name)
}

output "o16" {
  value = merge(tomap({ a = "alpha", c = local.l11 }), { b = "${var.name}-${var.size}" })
}

