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
  l1 = length(formatlist("%s!", sort(tolist(var.items)))) > 0
  l2 = (var.enabled ? tomap(var.labels) : tomap({ e = var.password }))
  l3 = flatten([var.items, [var.options.first]])
}

resource "terraform_data" "r4" {
  count = 1
  input = local.l2

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  input = { for i, x in ["x", "y"] : "k${i}" => x }
}

resource "terraform_data" "r6" {
  input = 2 % 3
  triggers_replace = [one([((local.l1 ? { v = "%{ if local.l1 }yes%{ else }no%{ endif }" } : { v = var.name }).v)]), 1]
}

locals {
  l7 = (local.l1 ? tomap(terraform_data.r5.output) : tomap({ e = var.options.first }))
  l8 = (local.l1 ? tolist(terraform_data.r4[*].id) : tolist([]))
}

resource "terraform_data" "r9" {
  for_each = toset(tolist(toset([format("%s/%03d", tostring(length(terraform_data.r4)), length(terraform_data.r4) % 3), "set"])))
  input = true
}

locals {
  l10 = ((!(contains(terraform_data.r4[*].id, var.name)) ? { v = try({ for i, x in keys(terraform_data.r9) : "k${i}" => x }["zz"], upper(terraform_data.r5.id)) } : { v = element(concat(["z"], compact([terraform_data.r5.id, ""])), 1) }).v)
  l11 = startswith(format("%s/%03d", var.options.first, 7), "p")
}

output "o12" {
  value = upper(terraform_data.r5.id)
}

output "o13" {
  value = 0
}

output "o14" {
  value = terraform_data.r5.id != null
}

output "o15" {
  value = var.items
}

output "o16" {
  value = (try(local.l2["zz"], "") == "%{ for x in var.items }<${x}>%{ endfor }" ? tomap(var.options.tags) : tomap({ e = lookup((local.l1 ? tomap(local.l7) : tomap({ e = local.l10 })), "a", one([var.password])) }))
  sensitive = true
}

