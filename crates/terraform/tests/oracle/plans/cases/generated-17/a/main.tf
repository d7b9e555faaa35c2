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
  l1 = (tostring(7) != null || length(keys(tomap({ a = "1", b = "2" }))) > 0)
  l2 = var.items
}

resource "terraform_data" "r3" {
  input = var.options.tags
  triggers_replace = ["p-${try(var.labels["zz"], var.password)}", 1]
}

resource "terraform_data" "r4" {
  for_each = var.labels
  input = terraform_data.r3.output
}

resource "terraform_data" "r5" {
  input = (local.l1 && local.l1)
}

locals {
  l6 = join("-", var.items)
  l7 = []
}

resource "terraform_data" "r8" {
  for_each = merge({ for i, x in var.items : "k${i}" => x }, { b = format("%s/%03d", local.l6, 7) })
  input = substr("${(terraform_data.r5.input ? trimspace(" ${var.options.first} ") : (false ? var.name : var.password))}-long", 0, 3)
}

locals {
  l9 = tomap({ a = "%{ for x in local.l7 }<${x}>%{ endfor }", c = trimspace(" ${jsonencode(keys(terraform_data.r4))} ") })
}

output "o10" {
  value = coalesce(try(tomap({ a = var.options.first, c = var.password })["zz"], jsonencode(keys(terraform_data.r4))), "none")
  sensitive = true
}

output "o11" {
  value = var.size
}

output "o12" {
  value = startswith(join("-", var.items), "p")
}

output "o13" {
  value = [var.options.first, terraform_data.r5.id]
}

output "o14" {
  value = { for i, x in [{ v = var.password }, { v = ((local.l1 ? { v = var.options.first } : { v = local.l6 }).v) }][*].v : "k${i}" => x }
  sensitive = true
}

