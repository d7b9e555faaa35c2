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
  l1 = contains(var.items, var.password)
  l2 = startswith("%{ for x in [for x in var.items : x if x != ""] }<${x}>%{ endfor }", "p")
  l3 = ((var.name == var.password && !(local.l2)) ? max(sum([var.size, 1]), var.size) : sum([var.size, 1]))
}

resource "terraform_data" "r4" {
  input = var.name

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = tolist([trimspace(" ${var.password} "), var.name])
  l6 = upper(terraform_data.r4.id)
  l7 = (false ? (max(local.l3, var.size) + length(var.password)) : local.l3)
  l8 = max(local.l3, var.size) > (local.l7 + local.l7)
}

resource "terraform_data" "r9" {
  count = var.enabled ? 1 : 0
  input = { a = trimspace(" ${terraform_data.r4.output} "), b = ((local.l8 ? { v = "" } : { v = terraform_data.r4.input }).v) }
  triggers_replace = [var.options.first, 1]
}

locals {
  l10 = zipmap(["a", "d"], [jsonencode({ name = format("%s/%03d", var.password, length(terraform_data.r9)), size = length(local.l6) }), terraform_data.r4.id])
  l11 = var.name
  l12 = merge(var.options.tags, { b = var.password })
}

output "o13" {
  value = "${"%{ if can(var.labels.a) }yes%{ else }no%{ endif }"}-${length([for x in local.l5 : "${x}-${terraform_data.r4.output}"])}"
  sensitive = true
}

output "o14" {
  value = var.size * 2
}

output "o15" {
  value = can({ for i, x in terraform_data.r9[*].id : "k${i}" => x }.a)
}

output "o16" {
  value = ["%{ if local.l2 }yes%{ else }no%{ endif }", format("%s/%03d", var.options.first, local.l7)]
  sensitive = true
}

output "o17" {
  value = zipmap(["a", "d"], ["%{ for x in terraform_data.r9[*].id }<${x}>%{ endfor }", join("-", local.l5)])
  sensitive = true
}

