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
  l1 = replace(var.name, "a", "o")
  l2 = formatlist("%s!", var.items)
}

resource "terraform_data" "r3" {
  count = min(3, (var.enabled ? 2 : 1))
  input = [join("-", var.items)]
  triggers_replace = [join("-", []), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = reverse(terraform_data.r3[*].id)
  l5 = upper(var.password)
  l6 = length((var.enabled ? tomap({}) : tomap({ e = local.l1 })))
}

module "m7" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = tostring(var.size)
  size = length(tomap({ a = "1", b = "2" })) % 3
  items = sort(tolist(var.items))
  password = element(concat(["z"], compact([local.l1, ""])), 1)
}

module "m8" {
  source = "./a"
  for_each = { a = var.options.first, b = try({ a = "m" }["zz"], var.options.first) }
  size = length(terraform_data.r3[*].id)
  enabled = true
  items = var.items
}

resource "terraform_data" "r9" {
  input = [{ v = var.password }, { v = local.l1 }][*].v
  triggers_replace = [var.options.first, 1]
}

locals {
  l10 = can(var.labels.a)
  l11 = tomap({ a = "1", b = "2" })
}

output "o12" {
  value = tostring(local.l6 * 2)
}

output "o13" {
  value = ((var.enabled || var.enabled) ? (var.size + var.size) : local.l6 * 2)
}

output "o14" {
  value = !((local.l10 && local.l10))
}

output "o15" {
  value = [{ v = upper(local.l5) }, { v = trimspace(" ${"%{ if var.enabled }yes%{ else }no%{ endif }"} ") }][*].v
  sensitive = true
}

output "o16" {
  value = { for i, x in [terraform_data.r9.id] : "k${i}" => x }
}

