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
  l1 = jsonencode({ name = var.name, size = var.size })
}

resource "terraform_data" "r2" {
  for_each = ((7 > 7 || var.enabled) ? tomap({ for k, v in zipmap(["a", "d"], [var.options.first, var.options.first]) : k => upper(v) }) : tomap({ e = one(["%{ for x in var.items }<${x}>%{ endfor }"]) }))
  input = { a = join("-", var.items), b = jsonencode(var.items) }
}

locals {
  l3 = { for k, v in { a = "${var.options.first}-${1}", b = replace(var.password, "a", "o") } : k => upper(v) }
  l4 = local.l1
  l5 = element(concat(["z"], var.items), 1)
}

resource "terraform_data" "r6" {
  for_each = toset([for k, v in var.options.tags : "${k}=${v}"])
  input = (false ? each.key : each.value)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l7 = (length(keys(terraform_data.r2)) > 0 ? element(concat(["z"], values(terraform_data.r6)[*].input), 1) : one([var.password]))
  l8 = "${one([tostring(2)])}-${(var.enabled ? var.size : 1) % 3}"
}

output "o9" {
  value = "%{ for x in tolist([local.l7, var.name]) }<${x}>%{ endfor }"
  sensitive = true
}

output "o10" {
  value = length(var.name)
}

output "o11" {
  value = ((var.enabled && var.enabled) && var.enabled)
}

output "o12" {
  value = keys(terraform_data.r2)
}

output "o13" {
  value = { for k, v in { for k, r in terraform_data.r6 : k => r.id } : k => upper(v) }
}

