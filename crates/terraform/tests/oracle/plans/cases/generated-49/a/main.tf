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
  l1 = ((var.size + var.size) > (var.enabled ? var.size : var.size) ? var.size : var.size)
}

resource "terraform_data" "r2" {
  input = var.options.tags
}

resource "terraform_data" "r3" {
  for_each = toset([])
  input = (startswith("%{ if var.enabled }yes%{ else }no%{ endif }", "p") ? tomap(((true || var.enabled) ? tomap(var.options.tags) : tomap({ e = var.name }))) : tomap({ e = ((contains(var.items, var.password) ? { v = each.key } : { v = jsonencode([]) }).v) }))
}

resource "terraform_data" "r4" {
  for_each = toset(compact(["${"alpha"}-${7}", ""]))
  input = var.size
}

locals {
  l5 = [for x in var.items : "${x}-${var.options.first}"]
  l6 = jsonencode({ name = var.name, size = local.l1 })
}

resource "terraform_data" "r7" {
  for_each = terraform_data.r2.input
  input = var.enabled
}

locals {
  l8 = ((false ? { v = terraform_data.r2.id } : { v = var.name }).v)
}

output "o9" {
  value = var.name
}

output "o10" {
  value = sum([local.l1, 1])
}

output "o11" {
  value = contains([for x in values({ for k, r in terraform_data.r7 : k => r.id }) : x if x != "%{ for x in var.items }<${x}>%{ endfor }"], one([var.password]))
  sensitive = true
}

output "o12" {
  value = keys(tomap({ a = "1", b = "2" }))
}

output "o13" {
  value = { a = local.l6 }
}

