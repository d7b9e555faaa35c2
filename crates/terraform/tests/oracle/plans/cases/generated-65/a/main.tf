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
  l1 = var.options.tags
}

resource "terraform_data" "r2" {
  count = min(3, (7 * 2 + 1 % 3))
  input = { a = ((var.enabled ? { v = replace(var.password, "a", "o") } : { v = "%{ for x in var.items }<${x}>%{ endfor }" }).v), b = "%{ if var.enabled }yes%{ else }no%{ endif }" }
}

resource "terraform_data" "r3" {
  input = ((var.enabled ? 2 : length(terraform_data.r2)) + length(terraform_data.r2[*].id)) * 2
}

locals {
  l4 = var.enabled
  l5 = "%{ if false }yes%{ else }no%{ endif }"
  l6 = terraform_data.r3.output % 3
}

resource "terraform_data" "r7" {
  for_each = toset(["x", "y"])
  input = local.l1
}

locals {
  l8 = replace("alpha", "a", "o")
  l9 = length({ for k, v in { a = terraform_data.r3.id, b = local.l8 } : k => upper(v) })
  l10 = { a = var.options.first, b = var.options.first }
  l11 = (("alpha" == "alpha" || "beta" == local.l8) ? tolist(var.items) : tolist([]))
}

output "o12" {
  value = "${upper(terraform_data.r3.id)}-${length(terraform_data.r2)}"
}

output "o13" {
  value = local.l6
}

output "o14" {
  value = contains([for x in keys(terraform_data.r7) : "${x}-${local.l5}"], try(var.labels["zz"], var.name))
}

output "o15" {
  value = slice(concat(["s", local.l8], var.items), 0, 2)
}

output "o16" {
  value = zipmap(["a", "d"], ["${upper(var.password)}-${length(local.l1)}", ((var.enabled ? { v = local.l8 } : { v = lookup(local.l1, "a", var.options.first) }).v)])
  sensitive = true
}

