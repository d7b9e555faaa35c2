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
  l1 = length([var.password, var.password])
  l2 = var.enabled
}

resource "terraform_data" "r3" {
  input = sort(tolist(concat(var.items, var.items)))
}

resource "terraform_data" "r4" {
  count = min(3, (0 * 2 + length(terraform_data.r3.input)))
  input = { a = terraform_data.r3.id, b = var.name }
  triggers_replace = [tostring(var.size), 1]
}

locals {
  l5 = (((local.l2 && var.enabled) || var.enabled) ? trimspace(" ${var.name} ") : var.name)
  l6 = zipmap(["a", "d"], [((local.l2 ? { v = local.l5 } : { v = "Grüße" }).v), jsonencode(terraform_data.r3.input)])
  l7 = terraform_data.r3.input
}

resource "terraform_data" "r8" {
  input = try(merge(local.l6, { b = "" })["zz"], replace(var.name, "a", "o")) != null
  triggers_replace = ["alpha", 1]
}

locals {
  l9 = try(var.labels["zz"], var.name)
}

output "o10" {
  value = element(concat(["z"], var.items), 1)
}

output "o11" {
  value = (1 + 2)
}

output "o12" {
  value = "beta" != null
}

output "o13" {
  value = compact(["${var.password}-${length(var.options.tags)}", ""])
  sensitive = true
}

output "o14" {
  value = zipmap(["a", "d"], [(("Grüße" != null ? { v = element(concat(["z"], terraform_data.r4[*].id), 1) } : { v = "%{ if local.l2 }yes%{ else }no%{ endif }" }).v), "%{ if terraform_data.r8.input }yes%{ else }no%{ endif }"])
}

