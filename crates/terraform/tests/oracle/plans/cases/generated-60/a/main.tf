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
  l1 = { a = var.options.first }
  l2 = 0 * 2 > var.size % 3
  l3 = substr("${jsonencode(var.items)}-long", 0, 3)
  l4 = distinct(tolist(values(zipmap(["a", "d"], ["alpha", var.options.first]))))
}

resource "terraform_data" "r5" {
  for_each = toset([for k, v in { a = local.l3, b = local.l3 } : "${k}=${v}"])
  input = [{ v = "%{ for x in [{ v = var.password }, { v = "" }][*].v }<${x}>%{ endfor }" }, { v = "p-${(local.l2 ? var.password : local.l3)}" }][*].v
}

resource "terraform_data" "r6" {
  count = 2
  input = var.size > var.size
}

locals {
  l7 = max(length("${""}-${length(terraform_data.r6)}"), max(length(var.options.first), length(local.l1)))
  l8 = max(length([for k, v in tomap({ a = "1", b = "2" }) : "${k}=${v}"]), length((var.enabled ? tomap(tomap({ a = "1", b = "2" })) : tomap({ e = "beta" }))))
  l9 = { a = var.password }
}

module "m10" {
  source = "./a"
  enabled = var.enabled
  labels = (length([for x in ["x", "y"] : x if x != var.options.first]) > 0 ? tomap(merge(merge(var.labels, { b = var.options.first }), { b = var.options.first })) : tomap({ e = ((local.l7 > length(terraform_data.r6) ? { v = try(local.l1["zz"], local.l3) } : { v = "%{ for x in var.items }<${x}>%{ endfor }" }).v) }))
  options = { first = "f-${format("%s/%03d", local.l3, 2)}", other = 1 }
}

resource "terraform_data" "r11" {
  count = 3
  input = local.l3

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l12 = concat(module.m10.o13, compact(["%{ if local.l2 }yes%{ else }no%{ endif }", ""]))
}

output "o13" {
  value = jsonencode(keys(local.l9))
  sensitive = true
}

output "o14" {
  value = length(terraform_data.r6)
}

output "o15" {
  value = !(module.m10.o12)
  sensitive = true
}

output "o16" {
  value = reverse(keys(terraform_data.r5))
}

output "o17" {
  value = { a = "m" }
}

