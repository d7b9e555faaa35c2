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
  l1 = reverse(flatten([var.items, [join("-", var.items)]]))
  l2 = keys({ a = "beta" })
  l3 = jsonencode(values(var.options.tags)) != null
}

resource "terraform_data" "r4" {
  input = var.items
}

resource "terraform_data" "r5" {
  for_each = var.labels
  input = [{ v = each.key }, { v = var.name }][*].v
  triggers_replace = [terraform_data.r4.id, 1]
}

locals {
  l6 = ((local.l3 && local.l3) ? tomap({ a = var.name, b = var.password }) : tomap({ e = format("%s/%03d", terraform_data.r4.id, var.size) }))
  l7 = var.size
  l8 = !(local.l3)
}

resource "terraform_data" "r9" {
  count = var.enabled ? 1 : 0
  input = "%{ for x in keys((var.enabled ? tomap(tomap({ a = "1", b = "2" })) : tomap({ e = terraform_data.r4.id }))) }<${x}>%{ endfor }"
}

locals {
  l10 = merge({ a = jsonencode({ name = var.name, size = local.l7 }) }, { b = var.options.first })
  l11 = local.l1
  l12 = max(var.size, 7) > max(local.l7, var.size)
}

output "o13" {
  value = "p-${((can(local.l6.a) ? { v = try(terraform_data.r9[0].output, "none") } : { v = coalesce(var.options.first, "none") }).v)}"
  sensitive = true
}

output "o14" {
  value = var.size
}

output "o15" {
  value = contains(["x", "y"], var.password)
  sensitive = true
}

output "o16" {
  value = [for x in var.items : "${x}-${replace(var.password, "a", "o")}"]
  sensitive = true
}

output "o17" {
  value = { for k, v in merge(var.labels, { b = try(terraform_data.r9[0].output, "none") }) : "${k}-x" => v if k != "b" }
}

