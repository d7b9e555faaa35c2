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
  l1 = var.size
  l2 = var.name
  l3 = ["%{ for x in var.items }<${x}>%{ endfor }", var.password]
}

resource "terraform_data" "r4" {
  input = 1
}

resource "terraform_data" "r5" {
  for_each = toset(var.items)
  input = var.options.tags
}

resource "terraform_data" "r6" {
  input = var.password

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l7 = tomap({ a = local.l2, c = terraform_data.r4.id })
  l8 = { for k, r in terraform_data.r5 : k => r.id }
  l9 = length({ for k, v in { for k, r in terraform_data.r5 : k => r.id } : k => upper(v) })
  l10 = { a = terraform_data.r6.output, b = tostring(local.l9) }
}

module "m11" {
  source = "./a"
  for_each = { for k, v in var.labels : k => upper(v) }
  enabled = startswith(each.key, "p")
  items = split("-", lookup(tomap({ a = "1", b = "2" }), "a", var.options.first))
  labels = { a = "Grüße" }
}

resource "terraform_data" "r12" {
  for_each = var.labels
  input = { for k, v in tomap({ a = upper(local.l2), c = try(var.labels["zz"], "Grüße") }) : "${k}-x" => v if k != "b" }
}

locals {
  l13 = { for k, r in terraform_data.r5 : k => r.id }
  l14 = terraform_data.r6.output
  l15 = { for k, m in module.m11 : k => m.o13 }
}

output "o16" {
  value = jsonencode(keys(terraform_data.r5))
}

output "o17" {
  value = length(local.l2)
}

output "o18" {
  value = (var.options.first == ((var.enabled ? { v = "" } : { v = terraform_data.r6.output }).v) && (terraform_data.r6.id != null && terraform_data.r6.id == terraform_data.r6.output))
  sensitive = true
}

output "o19" {
  value = [{ v = "${try(local.l8["zz"], local.l14)}-${length(var.options.tags)}" }, { v = "%{ for x in [for x in ["x", "y"] : x if x != var.name] }<${x}>%{ endfor }" }][*].v
  sensitive = true
}

output "o20" {
  value = { a = upper("%{ for x in var.items }<${x}>%{ endfor }"), b = (startswith(terraform_data.r6.id, "p") ? upper("Grüße") : format("%s/%03d", terraform_data.r6.input, var.size)) }
  sensitive = true
}

