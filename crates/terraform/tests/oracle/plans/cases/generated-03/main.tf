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
  l1 = zipmap(["a", "d"], ["${var.options.first}-${var.size}", jsonencode(var.items)])
  l2 = element(concat(["z"], concat(var.items, ["x", "y"])), 1)
}

resource "terraform_data" "r3" {
  for_each = var.options.tags
  input = (length(var.items) > 0 && var.options.first != null)
}

resource "terraform_data" "r4" {
  for_each = (var.enabled ? tomap(var.options.tags) : tomap({ e = var.options.first }))
  input = jsonencode(keys(terraform_data.r3)) == jsonencode(keys(terraform_data.r3))
}

locals {
  l5 = contains(keys(terraform_data.r4), var.name)
  l6 = split("-", var.password)
  l7 = var.size
  l8 = ((var.enabled || false) ? tostring(var.size) : lookup(var.options.tags, "a", var.password))
}

module "m9" {
  source = "./a"
  count = 2
  name = local.l2
  size = (count.index + 0)
  items = values(var.options.tags)
  options = { first = "f-${element(concat(["z"], compact([local.l2, ""])), 1)}", other = 1 }
}

module "m10" {
  source = "./a"
  for_each = toset((jsonencode({ name = var.options.first, size = 0 }) == local.l2 ? tolist(reverse(slice(concat(["s", var.options.first], keys(terraform_data.r3)), 0, 2))) : tolist([])))
  name = "%{ if true }yes%{ else }no%{ endif }"
  enabled = length(keys(zipmap(["a", "d"], [local.l2, each.key]))) > 0
  labels = var.labels
  options = { first = "f-${"%{ if var.enabled }yes%{ else }no%{ endif }"}", other = 1 }
}

resource "terraform_data" "r11" {
  input = (local.l5 && var.enabled)
}

locals {
  l12 = { for k, v in (startswith(terraform_data.r11.id, "p") ? tomap({ for k, v in { for k, r in terraform_data.r4 : k => r.id } : k => upper(v) }) : tomap({ e = join("-", ["x", "y"]) })) : "${k}-x" => v if k != "b" }
  l13 = values(zipmap(["a", "d"], [upper(var.options.first), local.l2]))
  l14 = local.l8
}

output "o15" {
  value = "p-${"Grüße"}"
}

output "o16" {
  value = local.l7
}

output "o17" {
  value = !(contains(var.items, terraform_data.r11.id))
}

output "o18" {
  value = split("-", var.name)
}

output "o19" {
  value = { for k, r in terraform_data.r3 : k => r.id }
}

