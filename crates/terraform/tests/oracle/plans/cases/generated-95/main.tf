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
  l1 = can({}.a)
}

resource "terraform_data" "r2" {
  count = min(3, 0)
  input = true
}

resource "terraform_data" "r3" {
  input = ["%{ for x in var.items }<${x}>%{ endfor }", (local.l1 ? "alpha" : var.password)]
  triggers_replace = [var.options.first, 1]
}

locals {
  l4 = reverse(slice(concat(["s", "Grüße"], terraform_data.r3.input), 0, 2))
}

module "m5" {
  source = "./a"
  name = "p-${var.options.first}"
  size = (length(terraform_data.r2) > length(terraform_data.r2[*].id) ? sum([var.size, 1]) : (can(var.options.tags.a) ? max(length(terraform_data.r2), 0) : (length(terraform_data.r2) + var.size)))
  enabled = (can(var.labels.a) && var.enabled)
  items = [join("-", split("-", "alpha")), var.options.first]
  password = upper(((terraform_data.r3.id != null ? { v = join("-", local.l4) } : { v = ((var.enabled ? { v = var.options.first } : { v = var.password }).v) }).v))
  options = { first = "f-${(local.l1 ? "%{ if local.l1 }yes%{ else }no%{ endif }" : coalesce(var.options.first, "none"))}", other = 1 }
}

resource "terraform_data" "r6" {
  for_each = { a = trimspace(" ${var.options.first} ") }
  input = var.size * 2
  triggers_replace = ["p-${each.key}", 1]
}

locals {
  l7 = local.l1
}

output "o8" {
  value = lookup({ a = var.password }, "a", substr("${module.m5.o12}-long", 0, 3))
  sensitive = true
}

output "o9" {
  value = sum([length(terraform_data.r2), 1])
}

output "o10" {
  value = startswith("Grüße", "p")
}

output "o11" {
  value = [for k, v in var.options.tags : "${k}=${v}"]
}

output "o12" {
  value = var.options.tags
}

