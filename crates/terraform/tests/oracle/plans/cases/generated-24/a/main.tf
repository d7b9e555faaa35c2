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
}

resource "terraform_data" "r2" {
  for_each = toset(tolist(toset([join("-", var.items), "set"])))
  input = merge(tomap({ a = "Grüße", c = var.options.first }), { b = one([var.name]) })

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l3 = var.enabled
}

module "m4" {
  source = "./a"
  name = "Grüße"
  size = length(var.name)
  enabled = false
  items = keys(terraform_data.r2)
  password = lookup(tomap({ a = tostring(var.size), c = try(var.labels["zz"], var.name) }), "a", format("%s/%03d", coalesce(var.password, "none"), length(keys(terraform_data.r2))))
  options = { first = "f-${join("-", keys(terraform_data.r2))}", other = 1 }
}

resource "terraform_data" "r5" {
  input = module.m4.o9
}

locals {
  l6 = "p-${"%{ if local.l3 }yes%{ else }no%{ endif }"}"
}

output "o7" {
  value = format("%s/%03d", jsonencode({ name = module.m4.o8, size = local.l1 }), local.l1 % 3)
}

output "o8" {
  value = (terraform_data.r5.output + local.l1)
}

output "o9" {
  value = (terraform_data.r5.output + module.m4.o9) > (module.m4.o10 ? terraform_data.r5.output : terraform_data.r5.output)
}

output "o10" {
  value = split("-", format("%s/%03d", element(concat(["z"], keys(terraform_data.r2)), 1), module.m4.o9 % 3))
}

output "o11" {
  value = { a = (((var.enabled && local.l3) ? { v = jsonencode({ name = local.l6, size = 2 }) } : { v = local.l6 }).v) }
}

