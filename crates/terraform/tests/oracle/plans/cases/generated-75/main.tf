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
  l2 = var.password
  l3 = tolist([((var.enabled ? { v = "beta" } : { v = local.l2 }).v), format("%s/%03d", var.name, local.l1)])
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = concat(local.l3, tolist([replace(var.password, "a", "o"), substr("${var.options.first}-long", 0, 3)]))
  triggers_replace = [replace(tostring(count.index % 3), "a", "o"), 1]
}

resource "terraform_data" "r5" {
  count = 1
  input = local.l3

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  input = false
}

locals {
  l7 = sort(tolist(["x", "y"]))
  l8 = length({ for i, x in [for k, v in var.options.tags : "${k}=${v}"] : "k${i}" => x })
}

module "m9" {
  source = "./a"
  for_each = toset([for x in local.l7 : "${x}-${"beta"}"])
  name = tostring(length(terraform_data.r4[*].id) * 2)
  size = sum([length(terraform_data.r5), 1])
  items = [{ v = var.options.first }, { v = each.value }][*].v
  labels = { a = each.value, b = ((var.enabled ? { v = each.key } : { v = var.options.first }).v) }
  password = "%{ if !(var.enabled) }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r10" {
  count = min(3, max((local.l8 + length(var.options.first)), sum([length(terraform_data.r5), 1])))
  input = local.l8 % 3
  triggers_replace = [((terraform_data.r6.input ? { v = "%{ if (terraform_data.r6.output || terraform_data.r6.input) }yes%{ else }no%{ endif }" } : { v = jsonencode({ name = try(var.labels["zz"], local.l2), size = max(local.l1, length(terraform_data.r5)) }) }).v), 1]
}

locals {
  l11 = length(reverse(flatten([terraform_data.r5[*].id, ["beta"]])))
  l12 = upper(element(concat(["z"], distinct(tolist(local.l7))), 1))
}

output "o13" {
  value = format("%s/%03d", (var.options.first == local.l2 ? terraform_data.r6.id : (terraform_data.r6.output ? var.password : "alpha")), local.l1 * 2 % 3)
  sensitive = true
}

output "o14" {
  value = sum([local.l8, 1])
}

output "o15" {
  value = contains([{ v = local.l2 }, { v = terraform_data.r6.id }][*].v, jsonencode(local.l3))
  sensitive = true
}

output "o16" {
  value = compact([local.l12, ""])
}

output "o17" {
  value = tomap({ a = "1", b = "2" })
}

