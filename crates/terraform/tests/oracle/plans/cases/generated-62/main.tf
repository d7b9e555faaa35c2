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
  l1 = lookup(tomap({ a = var.name, c = var.name }), "a", join("-", var.items)) != null
  l2 = length(split("-", jsonencode(tolist(["l"]))))
  l3 = var.labels
}

resource "terraform_data" "r4" {
  for_each = { for i, x in values(var.labels) : "k${i}" => x }
  input = local.l1
  triggers_replace = [(((each.key != null && var.size > var.size) ? { v = format("%s/%03d", var.options.first, local.l2) } : { v = var.password }).v), 1]
}

locals {
  l5 = startswith(lookup(tomap({ a = var.password, c = "Grüße" }), "a", "p-${""}"), "p")
}

module "m6" {
  source = "./a"
  size = local.l2
  labels = var.options.tags
  password = "%{ if var.enabled }yes%{ else }no%{ endif }"
  options = { first = "f-${join("-", var.items)}", other = 1 }
}

resource "terraform_data" "r7" {
  count = var.enabled ? 1 : 0
  input = var.labels

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = trimspace(" ${jsonencode({ name = jsonencode({ name = var.password, size = length(terraform_data.r7) }), size = (length(terraform_data.r7) + local.l2) })} ")
}

output "o9" {
  value = one([join("-", keys(terraform_data.r4))])
}

output "o10" {
  value = length(merge(module.m6.o17, { b = "" }))
}

output "o11" {
  value = !(try(module.m6.o17["zz"], local.l8) != null)
  sensitive = true
}

output "o12" {
  value = slice(concat(["s", replace("alpha", "a", "o")], distinct(tolist(keys(terraform_data.r4)))), 0, 2)
}

output "o13" {
  value = { a = trimspace(" ${module.m6.o13} ") }
}

