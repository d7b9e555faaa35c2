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
  l1 = (((can(var.labels.a) && !(var.enabled)) ? { v = var.password } : { v = var.options.first }).v)
  l2 = var.size
  l3 = length(var.items) > 0
  l4 = element(concat(["z"], var.items), 1)
}

resource "terraform_data" "r5" {
  for_each = toset(formatlist("%s!", [{ v = "%{ for x in tolist(["l"]) }<${x}>%{ endfor }" }, { v = local.l4 }][*].v))
  input = concat([for x in var.items : x if x != var.options.first], var.items)
}

resource "terraform_data" "r6" {
  count = min(3, length(distinct(tolist((var.enabled ? tolist(keys(terraform_data.r5)) : tolist([]))))))
  input = ["x", "y"]
}

locals {
  l7 = [for k, v in var.options.tags : "${k}=${v}"]
}

resource "terraform_data" "r8" {
  for_each = toset(var.items)
  input = { a = lookup({ for k, r in terraform_data.r5 : k => r.id }, "a", format("%s/%03d", var.name, local.l2)) }
  triggers_replace = [each.value, 1]
}

locals {
  l9 = { a = local.l1, b = local.l4 }
  l10 = "Grüße"
}

output "o11" {
  value = element(concat(["z"], formatlist("%s!", tolist(toset([local.l4, "set"])))), 1)
}

output "o12" {
  value = 2
}

output "o13" {
  value = (local.l3 && local.l3)
}

output "o14" {
  value = terraform_data.r6[*].id
}

output "o15" {
  value = zipmap(["a", "d"], [var.password, local.l10])
  sensitive = true
}

