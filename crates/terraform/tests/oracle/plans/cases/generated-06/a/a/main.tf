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
  l1 = startswith(join("-", var.items), "p")
  l2 = (startswith(var.password, "p") || var.name == var.password)
  l3 = local.l2
  l4 = { a = replace(var.name, "a", "o") }
}

resource "terraform_data" "r5" {
  input = var.items
  triggers_replace = [one([tostring(var.size)]), 1]
}

resource "terraform_data" "r6" {
  for_each = tomap({ a = one([var.options.first]), c = jsonencode({ name = upper(var.options.first), size = 0 }) })
  input = !(contains(terraform_data.r5.output, "beta"))
}

resource "terraform_data" "r7" {
  input = can(local.l4.a)
}

locals {
  l8 = coalesce(var.password, "none")
  l9 = startswith(terraform_data.r5.id, "p")
  l10 = flatten([[{ v = jsonencode(var.items) }, { v = replace("alpha", "a", "o") }][*].v, [try(var.options.tags["zz"], tostring(var.size))]])
}

resource "terraform_data" "r11" {
  for_each = toset(sort(tolist(var.items)))
  input = trimspace(" ${jsonencode({ name = replace("beta", "a", "o"), size = 1 })} ")
}

locals {
  l12 = (can({ a = var.password }.a) ? max(length(terraform_data.r7.id), (terraform_data.r7.input ? var.size : var.size)) : var.size % 3 * 2)
  l13 = 2
  l14 = length(var.labels)
  l15 = local.l12 % 3 > local.l12
}

output "o16" {
  value = (var.enabled ? "%{ if local.l1 }yes%{ else }no%{ endif }" : jsonencode(var.items))
}

output "o17" {
  value = length({ a = element(concat(["z"], terraform_data.r5.input), 1) })
}

output "o18" {
  value = length(var.name) > sum([local.l13, 1])
}

output "o19" {
  value = terraform_data.r5.output
}

output "o20" {
  value = { for i, x in local.l10 : "k${i}" => x }
}

