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
  l1 = try((var.enabled ? tomap((var.enabled ? tomap(var.labels) : tomap({ e = var.options.first }))) : tomap({ e = (var.enabled ? "" : var.options.first) }))["zz"], "%{ if var.enabled }yes%{ else }no%{ endif }")
  l2 = true
  l3 = var.size
}

resource "terraform_data" "r4" {
  count = 2
  input = (local.l2 ? try(merge(var.options.tags, { b = local.l1 })["zz"], format("%s/%03d", local.l1, count.index)) : "%{ for x in split("-", "alpha") }<${x}>%{ endfor }")

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  input = length(terraform_data.r4[*].id) > 0
  triggers_replace = [one(["%{ if !(local.l2) }yes%{ else }no%{ endif }"]), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  for_each = { for k, v in var.labels : k => upper(v) }
  input = !(terraform_data.r5.input)
}

locals {
  l7 = terraform_data.r4[*].input
  l8 = contains(local.l7, var.name)
  l9 = var.name
}

resource "terraform_data" "r10" {
  count = var.enabled ? 1 : 0
  input = tomap({ a = one([jsonencode({ name = terraform_data.r5.id, size = local.l3 })]), c = "%{ for x in ["x", "y"] }<${x}>%{ endfor }" })
}

locals {
  l11 = split("-", local.l1)
  l12 = terraform_data.r10[*].id
  l13 = ""
  l14 = max(length(terraform_data.r10), length(terraform_data.r10)) > 2
}

output "o15" {
  value = local.l13
}

output "o16" {
  value = max(1, var.size)
}

output "o17" {
  value = startswith(var.password, "p")
  sensitive = true
}

output "o18" {
  value = keys(terraform_data.r6)
}

output "o19" {
  value = { a = try(terraform_data.r4[0].output, "none") }
}

