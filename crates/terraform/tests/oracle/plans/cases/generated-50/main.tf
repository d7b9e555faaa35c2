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
  l1 = length(var.options.tags)
  l2 = [for k, v in tomap({ a = format("%s/%03d", var.name, local.l1), c = format("%s/%03d", var.password, var.size) }) : "${k}=${v}"]
}

resource "terraform_data" "r3" {
  input = (7 + local.l1) % 3
  triggers_replace = [format("%s/%03d", "alpha", local.l1), 1]
}

resource "terraform_data" "r4" {
  count = 2
  input = merge({ a = "m" }, { b = "${"Grüße"}-${1}" })
}

locals {
  l5 = var.size * 2
  l6 = var.size
  l7 = var.enabled
  l8 = split("-", var.options.first)
}

module "m9" {
  source = "./a"
  for_each = merge((var.enabled ? tomap(var.options.tags) : tomap({ e = var.options.first })), { b = var.options.first })
  size = length(var.labels) * 2
  enabled = local.l7
  labels = var.labels
  password = each.value
  options = { first = "f-${((var.enabled ? { v = var.options.first } : { v = var.options.first }).v)}", other = 1 }
}

resource "terraform_data" "r10" {
  for_each = var.labels
  input = local.l5
}

locals {
  l11 = length(var.options.first) * 2 > sum([local.l5 % 3, 1])
}

output "o12" {
  value = coalesce("${"%{ for x in local.l2 }<${x}>%{ endfor }"}-${length(terraform_data.r4) * 2}", "none")
  sensitive = true
}

output "o13" {
  value = local.l6
}

output "o14" {
  value = local.l7
}

output "o15" {
  value = keys(var.options.tags)
}

output "o16" {
  value = tomap({ a = var.password, c = terraform_data.r3.id })
  sensitive = true
}

